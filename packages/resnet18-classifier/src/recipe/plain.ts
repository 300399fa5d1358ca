import { adam, Optimizer, scheduledLearningRate, sgd, type LearningRateSchedule } from '@fractura/tfjs-training';
import type { Augmentation } from '../data/augmentation.js';
import { requireNumber, requireSchedule, requireThat } from './require-option.js';
import type { ClassifierRecipe, KeptEpoch } from './recipe.js';

/** What a plain recipe is made of. */
export interface PlainRecipeOptions {
  /** PyTorch's Adam (betas 0.9 and 0.999, epsilon 1e-8) or SGD (momentum 0.9), weight decay added to the gradient. Default `adam`. */
  optimizer?: 'adam' | 'sgd';
  /** Default 1e-3 for Adam, 1e-2 for SGD. */
  learningRate?: number;
  /** Over epochs. Default `cosine`. */
  schedule?: LearningRateSchedule;
  /** Default 0. */
  weightDecay?: number;
  /** Default: flips and small shifts. */
  augmentation?: Augmentation | 'none';
  /** Default 20. */
  epochs?: number;
  /** Default 32. */
  batchSize?: number;
  /** Default `lowest-loss`. */
  keep?: KeptEpoch;
}

/**
 * Each image once an epoch, cross-entropy, Adam or SGD.
 *
 * @throws Resnet18ClassifierError `option-invalid`
 */
export function plainRecipe({
  optimizer = 'adam',
  learningRate = optimizer === 'adam' ? 1e-3 : 1e-2,
  schedule = 'cosine',
  weightDecay = 0,
  augmentation = {},
  epochs = 20,
  batchSize = 32,
  keep = 'lowest-loss',
}: PlainRecipeOptions = {}): ClassifierRecipe {
  requireThat('optimizer', optimizer, ['adam', 'sgd'].includes(optimizer), 'Choose from adam, sgd.');
  requireNumber('learningRate', learningRate, { above: 0 });
  requireNumber('weightDecay', weightDecay, { from: 0 });
  requireSchedule(schedule);
  const rule = optimizer === 'adam' ? adam({ weightDecay }) : sgd({ weightDecay });
  return {
    name: 'plain',
    settings: { optimizer, learningRate, schedule, weightDecay },
    epochs,
    batchSize,
    augmentation,
    sampling: 'each',
    labelSmoothing: 0,
    optimizer: ({ parameters }) => new Optimizer(parameters, rule),
    learningRate: ({ epoch, epochs: all }) => scheduledLearningRate(schedule, learningRate, epoch, all),
    keep,
  };
}
