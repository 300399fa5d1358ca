import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor } from '@tensorflow/tfjs';

import { kernels } from '../kernels/kernels-in-use.js';
import { webgpuBackend } from '../machine/webgpu-backend.js';

/** The L2 norm of the numbers of all tensors together, as `torch.nn.utils.clip_grad_norm_` measures gradients. */
export function globalNorm(tensors: readonly Tensor[]): Scalar {
  return tf.tidy(() => {
    const { sumOfSquares } = kernels();
    return tf.sqrt(sumOf([tf.scalar(0), ...tensors.map(sumOfSquares)]));
  });
}

/** WebGPU's `addN` binds a buffer for each term, of which a GPU allows eight or so; a network has hundreds of gradients. */
function sumOf(terms: Scalar[]): Scalar {
  return tf.getBackend() === webgpuBackend ? tf.sum(tf.stack(terms)) : tf.addN(terms);
}

/**
 * What gradients are multiplied by so that their norm does not exceed `norm`, at most 1.
 *
 * @see torch.nn.utils.clip_grad_norm_
 */
export function clipFactor(gradients: readonly Tensor[], norm: number): Scalar {
  return tf.tidy(() => tf.minimum(tf.div(norm, tf.add(globalNorm(gradients), 1e-6)), 1));
}
