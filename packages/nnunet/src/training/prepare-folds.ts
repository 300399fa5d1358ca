import type { FoldName, FoldSplit } from '@fractura/nnunet-format';
import { ensureSplits, foldSplit } from './fold-split.js';
import { describeModel, type Training } from './open-training.js';
import { requirePreviousStageLabels } from './previous-stage.js';

/** Which folds are about to be trained or validated. */
export interface PrepareFoldsOptions {
  training: Training;
  folds: readonly FoldName[];
  /** The cases of a fold that are read, which the first stage of a cascade must have predicted. */
  casesOf: (split: FoldSplit) => readonly string[];
}

/**
 * Makes splits where there are none, makes sure that a cascade's first stage has predicted the cases, and describes the model in
 * its folder.
 *
 * @throws NnunetError `no-cases`, `previous-stage-missing`
 */
export async function prepareFolds({ training, folds, casesOf }: PrepareFoldsOptions): Promise<void> {
  if (folds.some((fold) => fold !== 'all')) {
    await ensureSplits(training);
  }
  if (training.previousStage) {
    for (const fold of folds) {
      const { split } = await foldSplit(fold, training);
      requirePreviousStageLabels(training.previousStage, casesOf(split));
    }
  }
  await describeModel(training);
}
