import * as tf from '@tensorflow/tfjs';
import type { Tensor, Scalar } from '@tensorflow/tfjs';
import type { Target } from './target.js';

export interface SoftDiceOptions {
  /** Sum over the batch before dividing: one value per class instead of one per sample and class. */
  batchDice: boolean;
  /** Leave out channel 0. */
  excludeBackground: boolean;
  smooth: number;
}

/**
 * The negated mean of (2 I + s) / (G + P + s), with I = sum p y, P = sum p, G = sum y over the voxels that count.
 *
 * @param probabilities `[batch, (depth,) height, width, channels]`
 * @see nnU-Net: nnunetv2/training/loss/dice.py, MemoryEfficientSoftDiceLoss
 */
export function softDice(
  probabilities: Tensor,
  { hot, mask }: Target,
  { batchDice, excludeBackground, smooth }: SoftDiceOptions,
): Scalar {
  const spatial = Array.from({ length: probabilities.rank - 2 }, (_, axis) => axis + 1);
  const p = mask ? tf.mul(probabilities, mask) : probabilities;
  const y = mask ? tf.mul(hot, mask) : hot;

  const total = (voxels: Tensor) => {
    const perSample = tf.sum(voxels, batchDice ? [0, ...spatial] : spatial, true);
    const channels = tf.reshape(perSample, [-1, probabilities.shape.at(-1)!]);
    return excludeBackground ? tf.slice(channels, [0, 1]) : channels;
  };
  const intersection = total(tf.mul(p, y));
  const predicted = total(p);
  const reference = total(y);

  const numerator = tf.add(tf.mul(intersection, 2), smooth);
  const denominator = tf.maximum(tf.add(tf.add(reference, predicted), smooth), 1e-8);
  return tf.mean(tf.neg(tf.div(numerator, denominator)));
}
