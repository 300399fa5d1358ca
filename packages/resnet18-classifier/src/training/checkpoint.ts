import type { RadiographPreparation } from '@fractura/radiograph';
import type { BackboneName, ResnetDepth } from '@fractura/backbones';
import type { LossScale, Precision } from '@fractura/tfjs-training';
import { type Checkpoint, readCheckpoint } from '@fractura/tfjs-training/checkpoints';
import type { Calibration } from '../calibration/calibrate.js';
import type { Augmentation } from '../data/augmentation.js';
import type { ImageSize } from '../data/classifier-sample.js';
import type { Normalisation } from '../data/normalisation.js';
import type { EpochLog } from './training-options.js';

/** What shapes a training's result; a checkpoint is only continued with the same. */
export interface TrainingSettings {
  epochs: number;
  batchSize: number;
  /** The recipe's name, its own settings, and what of it is plain data. */
  recipe: string;
  recipeSettings: Readonly<Record<string, unknown>>;
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
  version: 1 | 2;
  /** Absent in checkpoints of version 1: see {@link networkOf}. */
  network?: BackboneName;
  /** In checkpoints of version 1, which knew ResNets alone. */
  depth?: ResnetDepth;
  classNames: string[];
  image: ImageSize;
  /**
   * How image files become such images; null where no image file does. Absent in checkpoints of earlier versions: see
   * {@link preparationOf}.
   */
  preparation?: RadiographPreparation | null;
  normalisation: Normalisation;
  settings: TrainingSettings;
  optimizerSteps: number;
  /** The factor on the loss, in float16 alone. */
  lossScale?: LossScale;
  /** Where the weights are averaged. */
  averagedUpdates?: number | undefined;
  /** Of the weights that are kept; absent in checkpoints of version 1. */
  calibration?: Calibration;
  /** The epoch, from 0, whose weights are kept; -1 before there is one. */
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

/** The network of a checkpoint of any version. */
export const networkOf = ({ network, depth }: Pick<ClassifierRecord, 'network' | 'depth'>): BackboneName =>
  network ?? `resnet${depth ?? 18}`;

/**
 * How image files are prepared for a classifier; undefined where no image file gives what it takes. Earlier versions resized
 * bilinearly, in 8 bits, whatever the classifier had been trained on.
 */
export function preparationOf({
  image: { width, height, channels },
  preparation,
}: Pick<ClassifierRecord, 'image' | 'preparation'>): RadiographPreparation | undefined {
  if (preparation !== undefined) {
    return preparation ?? undefined;
  }
  return channels === 1 || channels === 3 ? { resize: 'bilinear', width, height, channels, depth: 'uint8' } : undefined;
}
