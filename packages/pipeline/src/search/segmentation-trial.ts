import { join } from 'node:path';
import { openTraining, trainFolds, type Reporting } from '@fractura/nnunet';
import { PipelineError } from '../errors.js';
import { runDataset, runPaths } from '../run/run-paths.js';
import type { RunSettings } from '../settings/run-settings.js';
import { validationIterationsOf } from '../settings/validation-iterations.js';
import { trainingSettingsOf } from '../stages/training-settings.js';

export interface SegmentationTrialOptions extends Required<Reporting> {
  /** The folder of the prepared data. */
  data: string;
  /** Where the trial works. */
  folder: string;
  /** With the trial's seed, which is of the training; the data have one of their own. */
  settings: RunSettings;
  /** File of pretrained weights of the encoder. */
  encoderWeights?: string | undefined;
}

/**
 * Trains every inner fold and predicts its validation cases.
 *
 * @returns the mean Dice of each fold's validation cases
 */
export async function trainSegmentation({
  data,
  folder,
  settings,
  encoderWeights,
  ...reporting
}: SegmentationTrialOptions): Promise<number[]> {
  const paths = runPaths(data, settings);
  const training = await openTraining({
    preprocessed: paths.preprocessed,
    results: join(folder, 'nnUNet_results'),
    dataset: runDataset.folder,
    configuration: paths.configuration,
    plans: paths.plansName,
    trainer: paths.trainer,
  });
  const scores: number[] = [];
  for (let fold = 0; fold < settings.folds; fold += 1) {
    const [{ validationDice }] = await trainFolds({
      ...trainingSettingsOf({ settings, encoderWeights }),
      ...reporting,
      iterations: settings.iterations,
      validationIterations: validationIterationsOf(settings),
      mirroring: settings.mirroring,
      training,
      folds: [fold],
    });
    if (validationDice === null) {
      throw new PipelineError(`No validation case of fold ${fold} has a lesion, marked or annotated.`, {
        code: 'fold-empty',
        remedy: 'Choose fewer folds, or give more fractured radiographs.',
      });
    }
    scores.push(validationDice);
  }
  return scores;
}
