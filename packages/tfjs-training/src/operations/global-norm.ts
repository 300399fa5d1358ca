import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor } from '@tensorflow/tfjs';

import { kernels } from '../kernels/kernels-in-use.js';

/** The L2 norm of the numbers of all tensors together, as `torch.nn.utils.clip_grad_norm_` measures gradients. */
export function globalNorm(tensors: readonly Tensor[]): Scalar {
  return tf.tidy(() => {
    const { sumOfSquares } = kernels();
    return tf.sqrt(tf.addN([tf.scalar(0), ...tensors.map(sumOfSquares)]));
  });
}
