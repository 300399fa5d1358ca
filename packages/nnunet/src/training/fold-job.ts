import { join } from 'node:path';
import type { EngineName } from '@fractura/tfjs-engine';
import type { PrecisionChoice } from '@fractura/tfjs-training';
import type { AugmentationName } from '@fractura/unet-model';
import type { FoldName } from './fold-names.js';
import type { PreviousStage } from './previous-stage.js';
import type { Trainer } from './trainer.js';

/** One fold to train and validate, as plain data: it travels to the process that does it. */
export interface FoldJob {
  fold: FoldName;
  /** The data set's folder in nnUNet_preprocessed. */
  dataset: string;
  /** Its folder of cases of this configuration. */
  cases: string;
  /** `trainer__plans__configuration`, with plans.json and dataset.json in it. */
  modelFolder: string;
  configuration: string;
  /** Of a cascade's second stage. */
  previousStage?: PreviousStage;
  trainer: Trainer;
  iterations?: number;
  validationIterations?: number;
  batch?: number;
  learningRate?: number;
  augmentation?: AugmentationName;
  /** Epochs without a better moving average after which it stops. */
  earlyStopping?: number;
  seed?: number;
  /** Default `auto`. */
  precision?: PrecisionChoice;
  /** Threads that prepare batches. */
  workers?: number;
  /** File of weights to begin with. */
  pretrainedWeights?: string;
  /** Train first, or validate what was trained. */
  train: boolean;
  /** The checkpoint that the validation uses. */
  validateWith: 'checkpoint_final' | 'checkpoint_best';
  saveProbabilities: boolean;
  engine?: EngineName;
  /** Of the native engine. */
  threads?: number;
}

/** How far a fold is. */
export interface FoldProgress {
  fold: FoldName;
  /** Thousandths of epochs. */
  done: number;
  total: number;
  /** Such as `epoch 3 of 50, loss -0.512, Dice 0.634`. */
  note: string;
  secondsLeft: number;
}

/** What became of a fold. */
export interface FoldResult {
  fold: FoldName;
  folder: string;
  epochs: number;
  /** Best moving average of the pseudo Dice; null where no epoch had one, or nothing was trained. */
  bestEma: number | null;
  /** Mean Dice over the validation cases in full; null where no case has foreground. */
  validationDice: number | null;
}

/** `fold_0` and so on, in the model's folder. */
export const foldFolder = ({ modelFolder, fold }: Pick<FoldJob, 'modelFolder' | 'fold'>) =>
  join(modelFolder, `fold_${fold}`);
