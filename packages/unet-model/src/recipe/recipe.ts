import type { Optimizer } from '@fractura/tfjs-training';
import type { Scalar } from '@tensorflow/tfjs';
import type { BatchMethod } from '../batches/batch-method.js';
import type { LossContext } from '../loss/loss-context.js';
import type { NetworkChoice } from '../network/build-network.js';
import type { SegmentationNetwork, SegmentationOutput } from '../network/segmentation-network.js';

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
 * How a network is taught: which cases are drawn and how they are changed, loss, optimizer, schedule, heads, and what is saved.
 * Plain data and functions, so that a recipe of your own can be one of ours with some of it replaced.
 *
 * @see `nnunetRecipe`, `smallLesionsRecipe`
 */
export interface Recipe {
  /** Checkpoints record it. */
  readonly name: string;
  /**
   * Plain JSON that tells everything its functions do by their own numbers. Checkpoints record it, and a training begun with other
   * settings is not continued.
   */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The network that is trained. */
  readonly network: NetworkChoice;
  /** How training batches are made. */
  readonly trainingBatches: BatchMethod;
  /** How batches are made whose loss and Dice are watched. */
  readonly validationBatches: BatchMethod;
  /**
   * The loss of one batch.
   *
   * @param output of the network, in training with all its heads
   */
  readonly loss: (output: SegmentationOutput, context: LossContext) => Scalar;
  /** The optimizer of a network; whoever trains disposes it. */
  readonly optimizer: (network: SegmentationNetwork) => Optimizer;
  /** The learning rate of a step. */
  readonly learningRate: (position: StepPosition) => number;
  /**
   * Decay of the moving average of the weights, below 1, less at the start, see `AveragedWeights`: validation, prediction and checkpoints use the averaged network. Default
   * none: the network itself.
   */
  readonly averagingDecay?: number;
  /** Initial bias of a backbone network's segmentation head for each foreground class. Default 0. */
  readonly foregroundBias?: number;
  /** The backbone's stages down to this stride stay as they are: parameters and statistics. Default 0: all are trained. */
  readonly frozenStride?: number;
}
