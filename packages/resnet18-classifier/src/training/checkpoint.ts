import type { ResnetDepth } from '@fractura/backbones';
import { type Checkpoint, type LearningRateSchedule, type LossScale, type Precision, readCheckpoint } from '@fractura/tfjs-training';
import type { Augmentation } from '../data/augmentation.js';
import type { ImageSize } from '../data/classifier-sample.js';
import type { Normalisation } from '../data/normalisation.js';
import type { OptimizerName } from './optimizer.js';
import type { EpochLog } from './training-options.js';

/** What shapes a training's result; a checkpoint is only continued with the same. */
export interface TrainingSettings {
  epochs: number;
  batchSize: number;
  learningRate: number;
  schedule: LearningRateSchedule;
  optimizer: OptimizerName;
  weightDecay: number;
  augmentation: Augmentation | 'none';
  /** Absent in checkpoints of earlier versions, which knew float32 alone. */
  precision?: Precision;
  seed: number;
  /** SHA-256 of the weights that it began with; null where it began with random ones. */
  pretrained: string | null;
  /** SHA-256 of the ids and labels of both sets. */
  samples: string;
}

/** A checkpoint's JSON: beside the weights for readers, and within them so that both are of one moment. */
export interface ClassifierRecord {
  format: 'fractura-classifier';
  version: 1;
  depth: ResnetDepth;
  classNames: string[];
  image: ImageSize;
  normalisation: Normalisation;
  settings: TrainingSettings;
  optimizerSteps: number;
  /** The factor on the loss, in float16 alone. */
  lossScale?: LossScale;
  bestEpoch: number;
  log: EpochLog[];
}

/** A checkpoint of a classifier; `best` and `final` are without the optimizer's tensors. */
export type ClassifierCheckpoint = Checkpoint<ClassifierRecord>;

export interface ReadClassifierOptions {
  /** Whether the optimizer's averages are read too. Default true. */
  withOptimizer?: boolean;
}

/**
 * Reads a checkpoint file.
 *
 * @throws TfjsTrainingError `checkpoint-missing`, `checkpoint-invalid`
 */
export function readClassifierCheckpoint(
  file: string,
  { withOptimizer = true }: ReadClassifierOptions = {},
): Promise<ClassifierCheckpoint> {
  return readCheckpoint(file, { isRecord: isClassifierRecord, network: 'a classifier', withOptimizer });
}

const isClassifierRecord = (record: object): record is ClassifierRecord =>
  'format' in record && record.format === 'fractura-classifier';
