import type { AugmentationName } from '../augmentation/augmentation-setup.js';
import type { FilmAugmentation } from '../augmentation/film-augmentation.js';
import type { LabelSet } from '@fractura/nnunet-format';
import type { PreprocessedCase } from '../data/preprocessed-case.js';
import type { Batch } from './batch.js';

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

/** nnU-Net's way: patches at random places, a third of them on foreground. */
export interface PatchMethod {
  kind: 'patches';
  augmentation: AugmentationName;
  /** Axes of the patch to mirror along. Default: all, and none without augmentation. */
  mirrorAxes?: readonly number[];
  /** The plan's `use_mask_for_norm`. */
  useMaskForNorm?: readonly boolean[];
  /** Labels of a cascade's previous stage that become channels. Default: none. */
  previousStageLabels?: readonly number[];
  /**
   * Share of a batch that is drawn from the cases without foreground, in [0, 1]; the rest from the others. Default: every case is as
   * likely as any other, as in nnU-Net.
   */
  emptyShare?: number;
}

/** Whole films: each sample is one image, in the middle of the patch but for its augmentation. Two-dimensional. */
export interface FilmMethod {
  kind: 'films';
  /**
   * Share of a batch that is drawn from the cases with foreground, in (0, 1], at least one; the rest from those without. Default:
   * every case in its turn, in their order.
   */
  lesionShare?: number;
  /** Default: none. */
  augmentation?: FilmAugmentation;
}

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

/** Which batch: the index of its source, and its number among the batches of that source. */
export interface BatchId {
  source: number;
  number: number;
}
