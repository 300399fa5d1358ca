import type { FoldName } from '@fractura/nnunet-format';
import { NnunetError } from '../errors.js';
import { checkpointFile } from '../model/read-checkpoint.js';
import { completeReporting, type Reporting } from '../reporting.js';
import { folderOfFold, jobOfTraining, type FoldJob, type FoldProgress, type ValidatedFold } from './fold-job.js';
import type { Training } from './open-training.js';
import { prepareFolds } from './prepare-folds.js';
import { runFolds } from './run-folds.js';
import type { FoldProcessSettings, ValidationSettings } from './training-settings.js';

/** Which trained folds to validate, and how. */
export interface ValidateFoldsOptions extends ValidationSettings, FoldProcessSettings, Reporting {
  /** As `openTraining` gives it. */
  training: Training;
  folds: readonly FoldName[];
  /** Called as often as there is something new. */
  onProgress?: (progress: FoldProgress) => void;
}

/**
 * Predicts the validation cases of trained folds in full and compares them with their labels, as `nnUNetv2_train --val` does:
 * `validation/` with the labels and summary.json in each fold's folder, made anew. Checkpoints may be real nnU-Net's `.pth`.
 *
 * @returns the mean Dice of each fold, in the order given.
 * @throws NnunetError `checkpoint-missing`, `previous-stage-missing`, `folds-failed`
 * @see nnU-Net: nnunetv2/run/run_training.py, run_training
 */
export async function validateFolds(options: ValidateFoldsOptions): Promise<ValidatedFold[]> {
  const { training, folds, checkpoint = 'checkpoint_final' } = options;
  for (const fold of folds) {
    requireCheckpoint(training.modelFolder, fold, checkpoint);
  }
  const { note } = completeReporting(options);
  await prepareFolds({ training, folds, casesOf: ({ val }) => val, note });
  const { mirroring, saveProbabilities } = options;
  const jobs = folds.map((fold): FoldJob => ({
    ...jobOfTraining(training),
    fold,
    checkpoint,
    mirroring,
    saveProbabilities,
    train: false,
    validate: true,
  }));
  const title = folds.length === 1 ? `Validating fold ${folds[0]}, cases` : `Validating ${folds.length} folds, cases`;
  return runFolds({ ...options, jobs, title });
}

/** @throws NnunetError `checkpoint-missing` */
function requireCheckpoint(modelFolder: string, fold: FoldName, checkpoint: string): void {
  if (checkpointFile(modelFolder, fold, checkpoint) !== undefined) {
    return;
  }
  throw new NnunetError(
    `${folderOfFold(modelFolder, fold)} has no ${checkpoint}: the training of this fold is not finished.`,
    { code: 'checkpoint-missing', remedy: 'Train the fold first, without --val.' },
  );
}
