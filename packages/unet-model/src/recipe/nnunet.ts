import { nesterov, Optimizer, scheduledLearningRate, type NesterovOptions } from '@fractura/tfjs-training';
import type { AugmentationName } from '../augmentation/augmentation-setup.js';
import { deeplySupervisedLoss } from '../loss/deep-supervision.js';
import type { Recipe } from './recipe.js';

/** What may differ from nnU-Net's own training. */
export interface NnunetRecipeOptions extends NesterovOptions {
  /** Initial learning rate. Default 0.01, nnU-Net's. */
  learningRate?: number;
  /** Default `default`, nnU-Net's set. */
  augmentation?: AugmentationName;
  /** Axes of the patch to mirror along, in training and later in inference. Default: all. */
  mirrorAxes?: readonly number[];
  /**
   * Share of a batch drawn from the cases without foreground, in [0, 1]. Default: every case is as likely as any other, as in
   * nnU-Net.
   */
  emptyShare?: number;
}

/**
 * nnU-Net's training, exactly: random patches with a third on foreground, its augmentation, cross-entropy and soft Dice under deep
 * supervision, Nesterov SGD under a poly learning rate that falls from epoch to epoch.
 *
 * @see nnU-Net: nnunetv2/training/nnUNetTrainer/nnUNetTrainer.py
 */
export function nnunetRecipe({
  learningRate = 0.01,
  augmentation = 'default',
  mirrorAxes,
  emptyShare,
  momentum = 0.99,
  weightDecay = 3e-5,
  clipNorm = 12,
}: NnunetRecipeOptions = {}): Recipe {
  return {
    name: 'nnunet',
    settings: { learningRate, momentum, weightDecay, clipNorm, augmentation, mirrorAxes, emptyShare },
    network: 'plan',
    trainingBatches: { kind: 'patches', augmentation, mirrorAxes, emptyShare },
    validationBatches: { kind: 'patches', augmentation: 'none' },
    loss: ({ logits }, { targets, regions, batchDice }) =>
      deeplySupervisedLoss(logits, targets, { regions, batchDice }),
    optimizer: ({ parameters }) => new Optimizer(parameters, nesterov({ momentum, weightDecay, clipNorm })),
    learningRate: ({ epoch, epochs }) => scheduledLearningRate('poly', learningRate, epoch, epochs),
  };
}
