import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor } from '@tensorflow/tfjs';
import type { Target } from './target.js';

/**
 * Mean over the voxels that count of -log softmax(logits)[label]; 0 where none counts.
 *
 * @param logits `[batch, (depth,) height, width, channels]`
 * @see nnU-Net: nnunetv2/training/loss/robust_ce_loss.py, RobustCrossEntropyLoss; compound_losses.py, DC_and_CE_loss
 */
export function crossEntropy(logits: Tensor, { hot, mask }: Target): Scalar {
  const perVoxel = tf.neg(tf.sum(tf.mul(tf.logSoftmax(logits), hot), -1, true));
  return mask ? tf.div(tf.sum(tf.mul(perVoxel, mask)), tf.maximum(tf.sum(mask), 1)) : tf.mean(perVoxel);
}

/**
 * Binary cross-entropy with logits, mean over all elements. With an ignore label nnU-Net divides the sum over channels
 * by the number of voxels, which makes it as many times larger as there are channels; this does the same.
 *
 * @param logits `[batch, (depth,) height, width, channels]`
 * @see nnU-Net: nnunetv2/training/loss/compound_losses.py, DC_and_BCE_loss
 */
export function binaryCrossEntropy(logits: Tensor, { hot, mask }: Target): Scalar {
  // -log sigmoid(z) = softplus(-z), -log(1 - sigmoid(z)) = z + softplus(-z)
  const perElement = tf.add(tf.mul(logits, tf.sub(1, hot)), tf.softplus(tf.neg(logits)));
  return mask ? tf.div(tf.sum(tf.mul(perElement, mask)), tf.maximum(tf.sum(mask), 1e-8)) : tf.mean(perElement);
}
