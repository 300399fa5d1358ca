import type { RadiographPreparation } from '@fractura/radiograph';
import type { Precision, PrecisionChoice, StateDict } from '@fractura/tfjs-training';
import type { WantedOperatingPoints } from '../calibration/calibrate.js';
import type { ClassifierSample } from '../data/classifier-sample.js';
import type { Normalisation } from '../data/normalisation.js';
import type { BackboneName } from '@fractura/backbones';
import type { ClassifierRecipe } from '../recipe/recipe.js';

export interface TrainClassifierOptions {
  train: readonly ClassifierSample[];
  validation: readonly ClassifierSample[];
  /** In the order of the labels. */
  classNames: readonly string[];
  /** Default `resnet18`. */
  network?: BackboneName;
  /** Channels of the images; default 1. */
  inputChannels?: number;
  /**
   * How image files become images of this classifier, kept in its checkpoint, so that the commands prepare the files they judge
   * alike. Without it the classifier judges arrays only.
   */
  preparation?: RadiographPreparation;
  /** How the network is taught. Default `balancedRecipe`, for pretrained weights where there are any. */
  recipe?: ClassifierRecipe;
  /** Passes over the training images. Default: the recipe's. */
  epochs?: number;
  /** Images at once. Default: the recipe's. */
  batchSize?: number;
  /**
   * What convolutions and activations are computed in during training; weights, statistics and losses are float32 always.
   * `auto` is bfloat16 where the processor has instructions for it, else float32. Default `auto`.
   */
  precision?: PrecisionChoice;
  /** Default: mean and standard deviation of the training images. */
  normalisation?: Normalisation;
  /** Seed of initial weights, order and augmentation. Default 0. */
  seed?: number;
  /**
   * Weights to begin with, by their published names: tensors, or a `.pth` or `.safetensors` file. The classifying layer is not
   * taken over, and the first kernel is adapted to the input channels. Default none: the network begins from scratch.
   */
  pretrained?: StateDict | string;
  /**
   * Threads that make the batches of images that `cacheImages` has cached; default 1. Images that are not cached are read and changed
   * between the steps.
   */
  workers?: number;
  /**
   * Bytes of images that are not cached on disk kept in memory after their first read; default 512 MiB. The rest is read again in each
   * epoch.
   */
  cacheBytes?: number;
  /** Of two classes the rates that operating points are found for on the validation images. */
  operatingPoints?: WantedOperatingPoints;
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
}

/** One epoch; losses are mean cross-entropies, in training of smoothed labels where the recipe has them, accuracies fractions. */
export interface EpochLog {
  /** From 0. */
  epoch: number;
  /** In training mode and on augmented images, before each step. */
  trainLoss: number;
  trainAccuracy: number;
  validationLoss: number;
  validationAccuracy: number;
  /** See `validationAuc`; null where a class does not occur. */
  validationAuc: number | null;
  /** Of the epoch's first step. */
  learningRate: number;
  seconds: number;
}

export interface TrainedClassifier {
  /** Path of `checkpoint_best.safetensors`; its `.json` lies beside it. */
  checkpoint: string;
  /** What it was trained in. */
  precision: Precision;
  log: EpochLog[];
  /** The epoch, from 0, whose weights the checkpoint holds. */
  bestEpoch: number;
}
