import type { Parameter } from '@fractura/tfjs-training';
import { adamw, Optimizer, scheduledLearningRate } from '@fractura/tfjs-training';
import type { Augmentation } from '../data/augmentation.js';
import { requireNumber } from './require-option.js';
import type { ClassifierRecipe } from './recipe.js';

/** What may differ from the recipe as it is. */
export interface BalancedRecipeOptions {
  /** Whether the network begins with pretrained weights: then its first stages are frozen. Default false. */
  pretrained?: boolean;
  /** After the warm-up. Default 1e-3. */
  learningRate?: number;
  /** Of kernels; biases and norms have none. Default 0.01. */
  weightDecay?: number;
  /** Largest L2 norm of all gradients together. Default 5. */
  clipNorm?: number;
  /** Share of all steps along which the learning rate rises, below 1. Default 0.1. */
  warmUp?: number;
  /** Default 0.05. */
  labelSmoothing?: number;
  /** Default 0.99. */
  averagingDecay?: number;
  /** Training batches by which batch norms' statistics are measured anew before each validation. Default 6. */
  statisticsBatches?: number;
  /** The backbone's stages down to this stride stay as they are. Default 4 for pretrained weights, else 0. */
  frozenStride?: number;
  /** Default: flips, shifts by up to 0.06 and turns by up to 15 degrees. */
  augmentation?: Augmentation | 'none';
  /** Default 30. */
  epochs?: number;
  /** Default 32. */
  batchSize?: number;
}

/**
 * Classes drawn evenly, smoothed labels, AdamW with warm-up and cosine, averaged weights whose batch norms are measured anew, and the
 * epoch with the highest validation AUC; of a pretrained network the first stages are left alone.
 *
 * @see Loshchilov and Hutter, arXiv:1711.05101 (AdamW); Szegedy et al., arXiv:1512.00567 (label smoothing)
 * @throws Resnet18ClassifierError `option-invalid`
 */
export function balancedRecipe({
  pretrained = false,
  learningRate = 1e-3,
  weightDecay = 0.01,
  clipNorm = 5,
  warmUp = 0.1,
  labelSmoothing = 0.05,
  averagingDecay = 0.99,
  statisticsBatches = 6,
  frozenStride = pretrained ? 4 : 0,
  augmentation = { horizontalFlip: 0.5, verticalFlip: 0.5, shift: 0.06, rotation: 15 },
  epochs = 30,
  batchSize = 32,
}: BalancedRecipeOptions = {}): ClassifierRecipe {
  requireNumber('learningRate', learningRate, { above: 0 });
  requireNumber('weightDecay', weightDecay, { from: 0 });
  requireNumber('clipNorm', clipNorm, { above: 0 });
  requireNumber('warmUp', warmUp, { from: 0, below: 1 });
  requireNumber('labelSmoothing', labelSmoothing, { from: 0, below: 1 });
  requireNumber('averagingDecay', averagingDecay, { from: 0, below: 1 });
  requireNumber('statisticsBatches', statisticsBatches, { from: 0 });
  requireNumber('frozenStride', frozenStride, { from: 0 });
  return {
    name: 'balanced',
    settings: { learningRate, weightDecay, clipNorm, warmUp },
    epochs,
    batchSize,
    augmentation,
    sampling: 'balanced',
    labelSmoothing,
    optimizer: (network) => {
      const frozen = new Set(network.parametersDownTo(frozenStride));
      const settingsOf = (parameter: Parameter) => ({
        frozen: frozen.has(parameter),
        weightDecay: parameter.torchShape.length > 1 ? weightDecay : 0,
      });
      return new Optimizer(network.parameters, adamw({ weightDecay }), { settingsOf, clipNorm });
    },
    learningRate: ({ epoch, epochs: all, iteration, iterationsPerEpoch }) => {
      const steps = all * iterationsPerEpoch;
      const schedule = { warmUp: Math.max(1, Math.round(warmUp * steps)) };
      return scheduledLearningRate(schedule, learningRate, epoch * iterationsPerEpoch + iteration, steps);
    },
    averagingDecay,
    frozenStride,
    statisticsBatches,
    keep: 'highest-auc',
  };
}
