import { RandomState } from '@fractura/python-compat';
import { deriveSeed } from '@fractura/seeded-random';
import { augment } from '../augmentation/augment.js';
import { setUpAugmentation } from '../augmentation/augmentation-setup.js';
import { cropPatch } from '../data/crop-patch.js';
import { drawPatchStart, mustShowForeground } from '../data/patch-box.js';
import type { PreprocessedCase } from '../data/preprocessed-case.js';
import { UnetModelError } from '../errors.js';
import { assembleBatch } from './batch.js';
import type { BatchContext, BatchMaker, PatchMethod } from './batch-method.js';
import { hasForeground } from './draw-cases.js';

/**
 * Draws cases with replacement, cuts a patch out of each and augments it.
 *
 * @throws UnetModelError `share-invalid`
 * @see nnU-Net: nnunetv2/training/dataloading/data_loader.py, nnUNetDataLoader.generate_train_batch
 */
export function patchBatches(context: BatchContext, { augmentation, emptyShare, ...options }: PatchMethod): BatchMaker {
  const { cases, labels, batchSize, patchSize, scales, seed } = context;
  const setup = setUpAugmentation(augmentation, { patchSize, ...options });
  const drawCases = emptyShare === undefined ? drawAnyCases(context) : drawByShare(context, emptyShare);
  return (number) => {
    const random = new RandomState(deriveSeed(seed, number));
    const samples = drawCases(random).map((chosen, j) => {
      const start = drawPatchStart(random, chosen, setup, labels, mustShowForeground(j, batchSize));
      const sample = cropPatch(chosen, start, setup.initialZYX);
      return augment(sample, new RandomState(deriveSeed(seed, number, j)), setup);
    });
    return assembleBatch(samples, scales);
  };

  function drawAnyCases({ batchSize: count }: BatchContext) {
    return (random: RandomState): PreprocessedCase[] =>
      Array.from({ length: count }, () => cases[random.randint(0, cases.length)]);
  }
}

/** The cases without foreground first, since nnU-Net wants foreground in the last third of a batch. */
function drawByShare({ cases, labels, batchSize }: BatchContext, emptyShare: number) {
  if (!(emptyShare >= 0 && emptyShare <= 1)) {
    throw new UnetModelError(`A share of ${emptyShare} of cases without foreground is not possible.`, {
      code: 'share-invalid',
      remedy: 'Give a share between 0 and 1, such as 0.4.',
    });
  }
  const withForeground = cases.filter((each) => hasForeground(each, labels));
  const empty = cases.filter((each) => !hasForeground(each, labels));
  const wanted = Math.round(batchSize * emptyShare);
  const emptyCount = empty.length === 0 ? 0 : withForeground.length === 0 ? batchSize : wanted;
  return (random: RandomState): PreprocessedCase[] =>
    Array.from({ length: batchSize }, (_, j) => {
      const pool = j < emptyCount ? empty : withForeground;
      return pool[random.randint(0, pool.length)];
    });
}
