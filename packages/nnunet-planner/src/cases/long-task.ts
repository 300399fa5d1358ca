/** What every function that goes over many cases takes. */
export interface LongTask {
  /** Cases in work at once, each in a thread of its own; bounds memory. Default: processors, fewer for little work; 1 starts no thread. */
  workers?: number;
  signal?: AbortSignal;
  /** Called after each case. */
  onProgress?: (progress: { done: number; total: number }) => void;
}
