import type { LabelSet } from '@fractura/nnunet-format';
import type { PreprocessedCase } from '../data/preprocessed-case.js';
import type { Batch } from './batch.js';
import type { FilmMethod } from './film-batches.js';
import type { PatchMethod } from './patch-batches.js';

/** What every way of making batches has: the cases, and what the network wants. */
export interface BatchContext {
  /** Sorted by identifier. */
  cases: readonly PreprocessedCase[];
  labels: LabelSet;
  batchSize: number;
  /** `[height, width]` or `[depth, height, width]`. */
  patchSize: readonly number[];
  /** Sizes of the network's outputs relative to the input. */
  scales: readonly (readonly number[])[];
  /** Batches of the same seed and number are the same. */
  seed: number;
}

/** Makes batch `number`, whichever thread calls it and in whatever order. */
export type BatchMaker = (number: number) => Batch;

/** A way of making batches that a module brings along, so that threads can import it. */
export interface ModuleMethod {
  kind: 'module';
  /** URL of a module whose default export is `(context: BatchContext, settings) => BatchMaker`. */
  url: string;
  /** Plain data for it. */
  settings?: unknown;
}

/** How batches are made; plain data, so that it can travel to threads. */
export type BatchMethod = PatchMethod | FilmMethod | ModuleMethod;

/** Everything that decides a batch beside its number. */
export interface BatchSource extends BatchContext {
  method: BatchMethod;
}
