import { composed } from '@fractura/tfjs-training';
import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor } from '@tensorflow/tfjs';
import { binaryCrossEntropy, crossEntropy } from './cross-entropy.js';
import { softDice } from './soft-dice.js';
import type { Target } from './target.js';

export interface SegmentationLossOptions {
  /** Region mode: sigmoid and binary cross-entropy over all channels; else softmax and cross-entropy. */
  regions: boolean;
  /** The plan's `batch_dice`. */
  batchDice: boolean;
  /** Dice smoothing; nnU-Net's is 1e-5. */
  smooth?: number;
  /** Weights of the two terms; nnU-Net's are 1 and 1. */
  weightCrossEntropy?: number;
  weightDice?: number;
}

/**
 * nnU-Net's loss of one output: cross-entropy plus negated soft Dice, at least -1.
 *
 * @param logits `[batch, (depth,) height, width, channels]`
 * @see nnU-Net: nnunetv2/training/loss/compound_losses.py, DC_and_CE_loss and DC_and_BCE_loss
 */
export function segmentationLoss(
  logits: Tensor,
  target: Target,
  { regions, batchDice, smooth = 1e-5, weightCrossEntropy = 1, weightDice = 1 }: SegmentationLossOptions,
): Scalar {
  return composed([logits], (z) => {
    const probabilities = regions ? tf.sigmoid(z) : tf.softmax(z);
    const dice = softDice(probabilities, target, { batchDice, excludeBackground: !regions, smooth });
    const entropy = regions ? binaryCrossEntropy(z, target) : crossEntropy(z, target);
    return tf.add(tf.mul(entropy, weightCrossEntropy), tf.mul(dice, weightDice));
  }) as Scalar;
}
