/** How far a long task has come; `done` counts up to `total` in units of files. */
export interface Progress {
  done: number;
  total: number;
}

/** What every long-running function of this package takes. */
export interface TaskOptions {
  /** Called after each file. */
  onProgress?: (progress: Progress) => void;
  /** Stops the work; the promise rejects with the signal's reason. */
  signal?: AbortSignal;
}
