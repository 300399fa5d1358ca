import { checkArguments, rule } from '@fractura/errors';
import { RandomState } from '@fractura/python-compat';
import { NnunetFormatError } from '../errors.js';
import type { FoldSplit } from './fold-split.js';

/**
 * Deals cases to folds as scikit-learn's shuffled `KFold` does with nnU-Net's seed.
 *
 * @param ids of the cases; sorted by code point first, as nnU-Net does.
 * @throws NnunetFormatError `too-few-cases`
 * @see nnU-Net: nnunetv2/utilities/crossval_split.py, generate_crossval_split
 */
export function generateSplits(ids: readonly string[], options: { folds?: number; seed?: number } = {}): FoldSplit[] {
  checkArguments({ ids, options }, generateSplitsArguments, NnunetFormatError);
  const { folds = 5, seed = 12345 } = options;
  const sorted = [...ids].sort();
  if (sorted.length < folds) {
    throw new NnunetFormatError(`${sorted.length} cases cannot be dealt to ${folds} folds.`, {
      code: 'too-few-cases',
      remedy: 'Add cases, or write splits_final.json yourself.',
    });
  }
  const order = new RandomState(seed).permutation(sorted.length);
  const smaller = Math.floor(sorted.length / folds);
  let start = 0;
  return Array.from({ length: folds }, (_, fold) => {
    const size = smaller + (fold < sorted.length % folds ? 1 : 0);
    const chosen = new Set(order.slice(start, start + size));
    start += size;
    return {
      train: sorted.filter((_, index) => !chosen.has(index)),
      val: sorted.filter((_, index) => chosen.has(index)),
    };
  });
}

/**
 * nnU-Net's 80:20 split for a fold beyond those of the file: training cases in drawn order, the others sorted.
 *
 * @see nnU-Net: nnunetv2/training/nnUNetTrainer/nnUNetTrainer.py, do_split
 */
export function randomSplit(ids: readonly string[], fold: number, options: { seed?: number } = {}): FoldSplit {
  checkArguments({ ids, fold, options }, randomSplitArguments, NnunetFormatError);
  const { seed = 12345 } = options;
  const sorted = [...ids].sort();
  const chosen = new RandomState(seed + fold).choices(sorted.length, Math.floor(sorted.length * 0.8), {
    replace: false,
  });
  const train = new Set(chosen);
  return { train: chosen.map((index) => sorted[index]), val: sorted.filter((_, index) => !train.has(index)) };
}

const generateSplitsArguments = {
  ids: rule.listOf(rule.anyText),
  options: rule.fields({ folds: rule.optional(rule.count), seed: rule.optional(rule.whole({ from: 0 })) }),
};

const randomSplitArguments = {
  ids: rule.listOf(rule.anyText),
  fold: rule.number(),
  options: rule.fields({ seed: rule.optional(rule.whole({ from: 0 })) }),
};
