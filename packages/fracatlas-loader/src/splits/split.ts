/** Files dealt to named parts, and what it takes to check that they still belong to the same data. */
export interface Split {
  /** How it was made, such as `hold-out` or `k-fold`. */
  method: string;
  /** Undefined where nothing was drawn, as in the official split. */
  seed?: number;
  /** SHA-256 of the files, sizes, labels and groups that it was made from; see {@link fingerprintOf}. */
  fingerprint: string;
  /** File names by part, sorted; no file is in two parts. */
  parts: Record<string, string[]>;
}

/** What a split needs to know of a radiograph. */
export interface SplitRecord {
  file: string;
  fractured: boolean;
  bytes: number;
}
