import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from '@fractura/array-files';
import type { FoldName } from '@fractura/nnunet-format';
import { findCheckpoint } from '@fractura/tfjs-training/checkpoints';
import type { Recipe } from '@fractura/unet-model';
import { chooseModelCutoff } from '../cutoff/choose-model-cutoff.js';
import { validatedFolds } from '../cutoff/validated-folds.js';
import { NnunetError } from '../errors.js';
import { completeReporting, type Reporting } from '../reporting.js';
import { folderOfFold, jobOfTraining, type FoldJob, type FoldProgress, type TrainedFold } from './fold-job.js';
import { describeModel } from './describe-model.js';
import type { Training } from './open-training.js';
import { prepareFolds } from './prepare-folds.js';
import { runFolds } from './run-folds.js';
import type { FoldProcessSettings, TrainingSettings, ValidationSettings } from './training-settings.js';

/** Which folds of which training, and how. */
export interface TrainFoldsOptions extends TrainingSettings, ValidationSettings, FoldProcessSettings, Reporting {
  /** As `openTraining` gives it. */
  training: Training;
  /** A recipe of your own. Default: the one that the trainer names. It stays in this process: folds are trained one after the other. */
  recipe?: Recipe;
  /** Numbers from 0; `all` trains on every case. */
  folds: readonly FoldName[];
  /** Predict and evaluate each fold's validation cases in full after its training. Default true. */
  validate?: boolean;
  /** Called as often as there is something new. */
  onProgress?: (progress: FoldProgress) => void;
}

/**
 * Trains folds as `nnUNetv2_train` does, each going on from its last checkpoint, and validates them. It leaves in the model's
 * folder plans, dataset.json and fingerprint, and in each fold's checkpoints, logs, `progress.png` and `validation/`.
 *
 * Where the data set has no `splits_final.json`, five folds are dealt and written first. A finished fold is not trained again.
 *
 * @returns what became of each fold, in the order given.
 * @throws NnunetError `no-cases`, `weights-missing`, `previous-stage-missing`, `folds-failed`; where one fold alone is trained,
 *   what made it fail, such as UnetModelError `checkpoint-mismatch` or `training-diverged`.
 * @see nnU-Net: nnunetv2/run/run_training.py, run_training
 */
export async function trainFolds(options: TrainFoldsOptions): Promise<TrainedFold[]> {
  const { training, folds, validate = true, restart = false } = options;
  const { note } = completeReporting(options);
  for (const file of [options.pretrainedWeights, options.encoderWeights]) {
    if (file !== undefined && !existsSync(file)) {
      throw new NnunetError(`${file} does not exist.`, {
        code: 'weights-missing',
        remedy: 'Give a .pth or .safetensors file as pretrained weights.',
      });
    }
  }
  await prepareFolds({ training, folds, casesOf: ({ train, val }) => [...new Set([...train, ...val])], note });
  await describeModel({ training, restarted: restart ? folds : [] });
  for (const fold of folds) {
    const folder = folderOfFold(training.modelFolder, fold);
    const checkpoint = findCheckpoint(folder);
    if (checkpoint && restart) {
      note(`Fold ${fold} begins anew in ${folder}.`);
    } else if (checkpoint === 'final') {
      note(`Fold ${fold} is finished in ${folder}.`);
    } else if (!checkpoint && options.continueFrom !== undefined) {
      note(`Fold ${fold} continues that of ${options.continueFrom} in ${folder}.`);
    } else if (checkpoint) {
      note(`Fold ${fold} goes on from checkpoint_${checkpoint} in ${folder}.`);
    }
  }
  const settings: TrainingSettings & ValidationSettings = {
    iterations: options.iterations,
    validationIterations: options.validationIterations,
    batchSize: options.batchSize,
    learningRate: options.learningRate,
    momentum: options.momentum,
    augmentation: options.augmentation,
    earlyStopping: options.earlyStopping,
    seed: options.seed,
    precision: options.precision,
    workers: options.workers,
    pretrainedWeights: options.pretrainedWeights,
    emptyShare: options.emptyShare,
    smallLesions: options.smallLesions,
    encoderWeights: options.encoderWeights,
    restart,
    continueFrom: options.continueFrom,
    stopFile: options.stopFile,
    track: options.track,
    trackFolder: options.trackFolder,
    trackServer: options.trackServer,
    trackExperiment: options.trackExperiment,
    trackRun: options.trackRun,
    checkpoint: options.checkpoint,
    mirroring: options.mirroring,
    saveProbabilities: options.saveProbabilities,
  };
  const jobs = folds.map((fold): FoldJob => ({ ...settings, ...jobOfTraining(training), fold, train: true, validate }));
  const title = folds.length === 1 ? `Training fold ${folds[0]}, epochs` : `Training ${folds.length} folds, epochs`;
  const outcomes = await runFolds({ ...options, jobs, title });
  if (validate && !folds.includes('all')) {
    const { modelFolder } = training;
    // Folds may end at once in several processes: the last one must see all of them.
    await withLock(join(modelFolder, '.choosing-cutoff'), async () => {
      const validated = await validatedFolds(modelFolder);
      const cutoff = await chooseModelCutoff({ modelFolder, folds: validated });
      if (cutoff) {
        note(`Cut-off ${cutoff.threshold} by ${validated.length} folds: mean Dice ${cutoff.dice.toFixed(3)}.`);
      }
    });
  }
  return outcomes.map(({ training: trained, ...validated }) => ({ ...validated, ...trained! }));
}
