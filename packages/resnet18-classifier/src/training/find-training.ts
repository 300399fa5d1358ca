import {
  checkpointFile,
  clearUnfinishedCheckpoints,
  findCheckpoint,
  refuseOtherArguments,
  requireCheckpoint,
} from '@fractura/tfjs-training/checkpoints';
import { networkOf, readClassifierCheckpoint, type ClassifierCheckpoint, type TrainingSettings } from './checkpoint.js';
import type { TrainClassifierOptions } from './training-options.js';

/** A training that was begun, with its last checkpoint. */
export interface BegunTraining {
  checkpoint: ClassifierCheckpoint;
  isFinished: boolean;
}

/**
 * The training that the output folder holds; undefined where none was begun.
 *
 * @throws TfjsTrainingError `checkpoint-invalid`, `checkpoint-mismatch`; `checkpoint-missing` where a finished one has lost its best
 */
export async function findTraining(
  options: TrainClassifierOptions,
  settings: TrainingSettings,
): Promise<BegunTraining | undefined> {
  const { outputDirectory: folder, classNames, network = 'resnet18', inputChannels = 1 } = options;
  await clearUnfinishedCheckpoints(folder);
  const name = findCheckpoint(folder, ['final', 'latest']);
  if (name === undefined) {
    return undefined;
  }
  const checkpoint = await readClassifierCheckpoint(checkpointFile(folder, name));
  const { record } = checkpoint;
  const earlier = { ...record.settings, precision: record.settings.precision ?? 'float32' };
  // Left to the machine, a training begun in another precision goes on in this machine's.
  const mayChangePrecision = (options.precision ?? 'auto') === 'auto';
  const now = mayChangePrecision ? { ...settings, precision: earlier.precision } : settings;
  refuseOtherArguments(
    folder,
    {
      network: networkOf(record),
      classNames: record.classNames,
      inputChannels: record.image.channels,
      normalisation: record.normalisation,
      preparation: record.preparation,
      operatingPoints: record.calibration?.wanted,
      ...earlier,
    },
    {
      network,
      classNames,
      inputChannels,
      normalisation: options.normalisation,
      // Absent in checkpoints of earlier versions.
      preparation: record.preparation === undefined ? undefined : (options.preparation ?? null),
      operatingPoints: record.calibration && { sensitivity: 0.9, specificity: 0.9, ...options.operatingPoints },
      ...now,
    },
  );
  if (name === 'final') {
    requireCheckpoint(checkpointFile(folder, 'best'));
  }
  return { checkpoint, isFinished: name === 'final' };
}
