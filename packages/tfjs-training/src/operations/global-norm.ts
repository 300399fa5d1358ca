import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor } from '@tensorflow/tfjs';

import { kernels } from '../kernels/kernels-in-use.js';

/** The L2 norm of the numbers of all tensors together, as `torch.nn.utils.clip_grad_norm_` measures gradients. */
export function globalNorm(tensors: readonly Tensor[]): Scalar {
  return tf.tidy(() => {
    const { sumOfSquares, sumOfScalars } = kernels();
    return tf.sqrt(sumOfScalars([tf.scalar(0), ...tensors.map(sumOfSquares)]));
  });
}

/**
 * What gradients are multiplied by so that their norm does not exceed `norm`, at most 1.
 *
 * @see torch.nn.utils.clip_grad_norm_
 */
export function clipFactor(gradients: readonly Tensor[], norm: number): Scalar {
  return tf.tidy(() => tf.minimum(tf.div(norm, tf.add(globalNorm(gradients), 1e-6)), 1));
}
