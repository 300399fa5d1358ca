import { join } from 'node:path';
import { foldFolder, type FoldName } from '@fractura/nnunet-format';
import type { EngineName } from '@fractura/tfjs-engine';
import type { Precision } from '@fractura/tfjs-training';
import type { TrainingLog } from '@fractura/unet-model';
import type { Training } from './open-training.js';
import type { PreviousStage } from './previous-stage.js';
import type { Trainer } from './trainer.js';
import type { TrainingSettings, ValidationSettings } from './training-settings.js';

/** One fold to train and validate, as plain data: it travels to the process that does it. */
export interface FoldJob extends TrainingSettings, ValidationSettings {
  fold: FoldName;
  /** The data set's folder among the preprocessed ones. */
  dataset: string;
  /** Its folder of preprocessed cases of this configuration. */
  cases: string;
  /** `trainer__plans__configuration`, with plans.json and dataset.json in it. */
  modelFolder: string;
  configuration: string;
  trainer: Trainer;
  /** Of a cascade's second stage. */
  previousStage?: PreviousStage;
  train: boolean;
  validate: boolean;
  /** Of the process that does it. */
  engine?: EngineName;
  threads?: number;
  gpus?: readonly string[];
}

/** How far a fold is. */
export interface FoldProgress {
  fold: FoldName;
  /** Thousandths of epochs; of cases where nothing is trained. */
  done: number;
  total: number;
  /** Such as `epoch 3 of 50, loss -0.512, Dice 0.634`. */
  note: string;
  /** NaN where it is not known yet. */
  secondsLeft: number;
}

/** How well a fold predicts its validation cases. */
export interface ValidatedFold {
  fold: FoldName;
  /** `fold_0` and so on, in the model's folder. */
  folder: string;
  /** Mean Dice over the whole validation cases; null where no case has foreground, or nothing was validated. */
  validationDice: number | null;
}

/** What the training of a fold came to. */
export interface FoldTraining {
  /** Epochs trained, those of earlier calls included; fewer than asked for where it stopped early. */
  epochs: number;
  /** What it was trained in. */
  precision: Precision;
  /** Best moving average of the pseudo Dice; null where no epoch had one. */
  bestEma: number | null;
  /** Losses, Dice and times of each epoch. */
  log: TrainingLog;
}

/** A trained fold and, where it was validated, how well it predicts. */
export interface TrainedFold extends ValidatedFold, FoldTraining {}

/** What became of a fold's job; `training` only where it was trained. */
export interface FoldOutcome extends ValidatedFold {
  training?: FoldTraining;
}

/** The folder of a fold, `fold_0` and so on, in the model's folder. */
export const folderOfFold = (modelFolder: string, fold: FoldName): string => join(modelFolder, foldFolder(fold));

/** What all jobs of a training have in common. */
export function jobOfTraining({ dataset, cases, modelFolder, configuration, trainer, previousStage }: Training) {
  return { dataset, cases, modelFolder, configuration, trainer, previousStage };
}
