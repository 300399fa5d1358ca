import { RandomState } from '@fractura/python-compat';
import type { AugmentationSetup } from '../augmentation/augmentation-setup.js';
import { augment } from '../augmentation/augment.js';
import type { LabelSet } from '@fractura/nnunet-format';
import { assembleBatch, type Batch } from './batch.js';
import { cropPatch, type Sample } from '../data/crop-patch.js';
import { deriveSeed } from './derive-seed.js';
import { drawPatchStart, mustShowForeground } from '../data/patch-box.js';
import type { PreprocessedCase } from '../data/preprocessed-case.js';

/** Everything that decides a batch beside its number. */
export interface BatchRecipe {
  /** Sorted by identifier. */
  cases: readonly PreprocessedCase[];
  labels: LabelSet;
  batchSize: number;
  setup: AugmentationSetup;
  /** Sizes of the network's outputs relative to the input. */
  scales: readonly (readonly number[])[];
  /** Batches of the same seed and number are the same. */
  seed: number;
}

/** Makes batch `number`: draws cases with replacement, cuts a patch out of each and augments it. */
export function makeBatch({ cases, labels, batchSize, setup, scales, seed }: BatchRecipe, number: number): Batch {
  const random = new RandomState(deriveSeed(seed, number));
  const picks = Array.from({ length: batchSize }, () => random.randint(0, cases.length));
  const samples = picks.map((pick, j): Sample => {
    const chosen = cases[pick];
    const start = drawPatchStart(random, chosen, setup, labels, mustShowForeground(j, batchSize));
    const sample = cropPatch(chosen, start, setup.initialZYX);
    return augment(sample, new RandomState(deriveSeed(seed, number, j)), setup);
  });
  return assembleBatch(samples, scales);
}
