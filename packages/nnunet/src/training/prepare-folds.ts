import type { FoldName, FoldSplit } from '@fractura/nnunet-format';
import { ensureSplits, foldSplit } from './fold-split.js';
import type { Training } from './open-training.js';
import { requirePreviousStageLabels } from './previous-stage.js';

/** Which folds are about to be trained or validated. */
export interface PrepareFoldsOptions {
  training: Training;
  folds: readonly FoldName[];
  /** The cases of a fold that are read, which the first stage of a cascade must have predicted. */
  casesOf: (split: FoldSplit) => readonly string[];
  note: (line: string) => void;
}

/**
 * Makes splits where there are none, says what is doubtful in them, and makes sure that a cascade's first stage has predicted the
 * cases.
 *
 * @throws NnunetError `no-cases`, `previous-stage-missing`
 */
export async function prepareFolds({ training, folds, casesOf, note }: PrepareFoldsOptions): Promise<void> {
  if (folds.some((fold) => fold !== 'all')) {
    await ensureSplits(training);
  }
  for (const fold of folds) {
    const { split, doubt } = await foldSplit(fold, training);
    if (doubt !== undefined) {
      note(doubt);
    }
    if (training.previousStage) {
      requirePreviousStageLabels(training.previousStage, casesOf(split));
    }
  }
}
