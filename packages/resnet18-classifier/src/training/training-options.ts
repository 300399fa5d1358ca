import type { RadiographPreparation } from '@fractura/radiograph';
import type { LearningRateSchedule, Precision, PrecisionChoice, StateDict } from '@fractura/tfjs-training';
import type { Augmentation } from '../data/augmentation.js';
import type { ClassifierSample } from '../data/classifier-sample.js';
import type { Normalisation } from '../data/normalisation.js';
import type { ResnetDepth } from '@fractura/backbones';
import type { OptimizerName } from './optimizer.js';

export interface TrainClassifierOptions {
  train: readonly ClassifierSample[];
  validation: readonly ClassifierSample[];
  /** In the order of the labels. */
  classNames: readonly string[];
  /** Default 18. */
  depth?: ResnetDepth;
  /** Channels of the images; default 1. */
  inputChannels?: number;
  /**
   * How image files become images of this classifier, kept in its checkpoint, so that the commands prepare the files they judge
   * alike. Without it the classifier judges arrays only.
   */
  preparation?: RadiographPreparation;
  epochs: number;
  /** Default 32. */
  batchSize?: number;
  /** Default 1e-3 for Adam, 1e-2 for SGD. */
  learningRate?: number;
  /** Default `cosine`. */
  schedule?: LearningRateSchedule;
  /** Default `adam`. */
  optimizer?: OptimizerName;
  /** Default 0. */
  weightDecay?: number;
  /**
   * What convolutions and activations are computed in during training; weights, statistics and losses are float32 always.
   * `auto` is bfloat16 where the processor has instructions for it, else float32. Default `auto`.
   */
  precision?: PrecisionChoice;
  /** Default: flips and small shifts. */
  augmentation?: Augmentation | 'none';
  /** Default: mean and standard deviation of the training images. */
  normalisation?: Normalisation;
  /** Seed of initial weights, order and augmentation. Default 0. */
  seed?: number;
  /**
   * Weights to begin with, by torchvision's names: tensors, or a `.pth` or `.safetensors` file. The classifying layer is not
   * taken over, and the first kernel is adapted to the input channels.
   */
  pretrained?: StateDict | string;
  /** Bytes of images kept in memory after their first read; default 512 MiB. The rest is read again in each epoch. */
  cacheBytes?: number;
  /** Checkpoints are written here, and taken up from here. */
  outputDirectory: string;
  /** Ends the training with the signal's reason; the last finished epoch stays. */
  signal?: AbortSignal;
  onProgress?: (progress: ClassifierProgress) => void;
}

export interface ClassifierProgress {
  /** From 0. */
  epoch: number;
  epochs: number;
  phase: 'train' | 'validate';
  /** Samples done in this phase of this epoch. */
  done: number;
  total: number;
  /** Mean so far in this phase. */
  loss: number;
  accuracy: number;
  learningRate: number;
}

/** One epoch; losses are mean cross-entropies, accuracies fractions. */
export interface EpochLog {
  /** From 0. */
  epoch: number;
  /** In training mode and on augmented images, before each step. */
  trainLoss: number;
  trainAccuracy: number;
  validationLoss: number;
  validationAccuracy: number;
  learningRate: number;
  seconds: number;
}

export interface TrainedClassifier {
  /** Path of `checkpoint_best.safetensors`; its `.json` lies beside it. */
  checkpoint: string;
  /** What it was trained in. */
  precision: Precision;
  log: EpochLog[];
  /** The epoch, from 0, with the lowest validation loss, whose weights the checkpoint holds. */
  bestEpoch: number;
}
