import { rule } from '@fractura/errors';
import type { Precision, PrecisionChoice, StateDict } from '@fractura/tfjs-training';
import type { PreprocessedCase } from '../data/preprocessed-case.js';
import type { ChannelDeclaration, NetworkPlans } from '@fractura/nnunet-format';
import type { Recipe } from '../recipe/recipe.js';
import type { EpochExample } from './epoch-example.js';
import type { TrainingLog } from './training-log.js';

export interface TrainFoldOptions {
  plans: NetworkPlans;
  /** Name of a configuration in the plans, such as `2d`. */
  configuration: string;
  /** nnU-Net's `dataset.json`. */
  datasetJson: ChannelDeclaration;
  /** Of a cascade's second stage each carries the labels of the previous stage. */
  cases: readonly PreprocessedCase[];
  /** Identifiers of the cases to train and to validate on, as in `splits_final.json`. */
  split: { train: readonly string[]; val: readonly string[] };
  /** Recorded in the checkpoint, and part of the seed; the split decides the cases. Default 0. */
  fold?: number | 'all';
  /** The fold's folder; checkpoints are written here, and taken up from here. */
  outputDirectory: string;
  /** Default 1000, nnU-Net's. */
  epochs?: number;
  /** Default 250, nnU-Net's. */
  iterationsPerEpoch?: number;
  /** Default 50, nnU-Net's. */
  validationIterations?: number;
  /** Default: the plan's. */
  batchSize?: number;
  /** How the network is taught. Default `nnunetRecipe()`, nnU-Net's training. */
  recipe?: Recipe;
  /** Name that the checkpoint gives its trainer. Default `nnUNetTrainer`. */
  trainerName?: string;
  /**
   * What the network's convolutions and activations are computed in while it is trained; weights, statistics and losses are
   * float32 always. `auto` is bfloat16 where the processor has instructions for it, else float32. Default `auto`.
   */
  precision?: PrecisionChoice;
  /** Whether inference may average over images mirrored as in training; the checkpoint records it. Default true. */
  inferenceMirroring?: boolean;
  /** Threads that prepare batches ahead; 0 prepares them in between. Default: one less than there are cores, 1 to 8. */
  workers?: number;
  /** Seed of initial weights, batches and augmentation. Default 0. */
  seed?: number;
  /**
   * Weights to begin with, by nnU-Net's names; other tensors, such as aliases, are ignored, and segmentation heads are not taken
   * over.
   */
  pretrained?: StateDict;
  /** Pretrained weights of the recipe's backbone, by their published names. Default: initial values. */
  encoderWeights?: StateDict;
  /**
   * Folder of the same training with fewer epochs, finished or stopped; where the output directory holds no training, it is continued
   * from there, weights, momenta and log. The learning rate is from then on the longer training's.
   */
  continueFrom?: string;
  /** Whether what the folder holds of an earlier training is removed first. Default false: it is continued. */
  restart?: boolean;
  /** Stop after so many epochs without a better moving average of the pseudo Dice. Default: never. */
  patience?: number;
  /** Most seconds between two checkpoints. Default 120. */
  checkpointSeconds?: number;
  /** Writes a checkpoint and throws the signal's reason. */
  signal?: AbortSignal;
  /** Asked after each epoch: whether the training ends with it, as if it had been the last; called again, it trains no further. */
  shouldStop?: () => boolean | Promise<boolean>;
  onProgress?: (progress: TrainingProgress) => void;
  /** Called when an epoch's checkpoints are written; training waits for it. */
  onEpoch?: (epoch: FinishedEpoch) => void | Promise<void>;
}

export interface FinishedEpoch {
  /** From 0. */
  epoch: number;
  epochs: number;
  /** Whether `checkpoint_best` is of this epoch. */
  best: boolean;
  /** With this epoch as its last. */
  log: TrainingLog;
  /** Of its validation; none where it validated nothing since this call began. */
  example: EpochExample | undefined;
}

export interface TrainingProgress {
  /** From 0. */
  epoch: number;
  epochs: number;
  phase: 'train' | 'validate';
  /** Done in this phase of this epoch. */
  iteration: number;
  iterations: number;
  /** Mean so far in this phase of this epoch. */
  loss: number;
  learningRate: number;
  /** Moving average of the mean pseudo Dice after the last finished epoch. */
  emaDice: number | undefined;
  /** By the pace since this call began. */
  secondsLeft: number;
}

export interface TrainedFold {
  /** Folder with `checkpoint_final.safetensors` and `checkpoint_best.safetensors`. */
  outputDirectory: string;
  /** What it was trained in. */
  precision: Precision;
  /** Epochs trained; fewer than asked for where training stopped early. */
  epochs: number;
  /** The best moving average of the mean pseudo Dice; NaN where no epoch had one. */
  bestEma: number;
  log: TrainingLog;
}

/** What {@link TrainFoldOptions} must be; plans, cases and recipe are checked by what reads them. */
export const trainFoldOptionsRule = rule.fields({
  plans: rule.object,
  configuration: rule.text,
  datasetJson: rule.object,
  cases: rule.listOf(rule.object),
  split: rule.fields({ train: rule.listOf(rule.text), val: rule.listOf(rule.text) }),
  fold: rule.optional(rule.either(rule.whole({ from: 0 }), rule.oneOf(['all']))),
  outputDirectory: rule.text,
  epochs: rule.optional(rule.count),
  iterationsPerEpoch: rule.optional(rule.count),
  validationIterations: rule.optional(rule.whole({ from: 0 })),
  batchSize: rule.optional(rule.count),
  recipe: rule.optional(rule.object),
  trainerName: rule.optional(rule.text),
  precision: rule.optional(rule.text),
  inferenceMirroring: rule.optional(rule.flag),
  workers: rule.optional(rule.whole({ from: 0 })),
  seed: rule.optional(rule.whole({ from: 0 })),
  pretrained: rule.optional(rule.map),
  encoderWeights: rule.optional(rule.map),
  continueFrom: rule.optional(rule.text),
  restart: rule.optional(rule.flag),
  patience: rule.optional(rule.number({ from: 0, to: Infinity })),
  checkpointSeconds: rule.optional(rule.number({ from: 0, to: Infinity })),
  signal: rule.optional(rule.signal),
  shouldStop: rule.optional(rule.callback),
  onProgress: rule.optional(rule.callback),
  onEpoch: rule.optional(rule.callback),
});
