import type { Classifier } from '@fractura/backbones';
import type { Optimizer } from '@fractura/tfjs-training';
import type { Augmentation } from '../data/augmentation.js';

/** Where a training stands when a step is about to be done. */
export interface StepPosition {
  /** From 0. */
  epoch: number;
  epochs: number;
  /** Within the epoch, from 0. */
  iteration: number;
  iterationsPerEpoch: number;
}

/**
 * Which epoch's weights are kept: the last one's, those with the lowest validation loss, or those with the highest validation AUC
 * (of equals the lower loss; for more than two classes the mean over one class against the others).
 */
export type KeptEpoch = 'last' | 'lowest-loss' | 'highest-auc';

/**
 * How a classifier is taught. Plain data and functions, so that a recipe of your own can be one of ours with some of it replaced.
 *
 * @see `plainRecipe`, `originalRecipe`, `balancedRecipe`
 */
export interface ClassifierRecipe {
  /** Checkpoints record it. */
  readonly name: string;
  /**
   * Plain JSON that tells everything its functions do by their own numbers. Checkpoints record it, and a training begun with other
   * settings is not continued.
   */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Passes over the training images, unless told otherwise. */
  readonly epochs: number;
  /** Images at once, unless told otherwise. */
  readonly batchSize: number;
  readonly augmentation: Augmentation | 'none';
  /** Which images an epoch shows: each once, or as many of every class, those of small classes several times. */
  readonly sampling: 'each' | 'balanced';
  /** Share of each target that is spread over all classes. */
  readonly labelSmoothing: number;
  /** The optimizer of a network; whoever trains disposes it. */
  readonly optimizer: (network: Classifier) => Optimizer;
  /** The learning rate of a step. */
  readonly learningRate: (position: StepPosition) => number;
  /**
   * Decay of the moving average of the weights, less at the start, see `AveragedWeights`: validation and checkpoints use the averaged
   * network. Default none: the network itself.
   */
  readonly averagingDecay?: number;
  /** The backbone's stages down to this stride stay as they are: parameters and statistics. Default 0: all are trained. */
  readonly frozenStride?: number;
  /**
   * Training batches of the epoch by which the batch norms' running statistics are measured anew for the weights that are validated, see
   * `StatisticsEstimate`. Default 0: they are those that training left behind.
   */
  readonly statisticsBatches?: number;
  readonly keep: KeptEpoch;
}
