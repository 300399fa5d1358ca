import { rule } from '@fractura/errors';

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

/** What {@link SplitRecord} must be. */
export const splitRecordRule = rule.fields({ file: rule.text, fractured: rule.flag, bytes: rule.anyNumber });

/** What {@link Split} must be. */
export const splitRule = rule.fields({
  method: rule.anyText,
  seed: rule.optional(rule.anyNumber),
  fingerprint: rule.anyText,
  parts: rule.tableOf(rule.listOf(rule.anyText)),
});
