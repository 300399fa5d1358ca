import type { Tensor } from '@tensorflow/tfjs';

import { kernels } from '../kernels/kernels-in-use.js';
import { runOperation } from '../tape/run-operation.js';
import { assertActivation, assertShape } from '../shapes/check-shape.js';

/** The constants of an instance norm. */
export interface InstanceNormOptions {
  /** Added to the variance; default 1e-5, PyTorch's. */
  epsilon?: number;
  /** Of the leaky ReLU that follows in the same operation; default 1, which is none. */
  leakyReluSlope?: number;
}

/**
 * Instance normalisation over the spatial axes of every sample and channel, with the biased variance, optionally followed by a
 * leaky ReLU: y = scale (x - mean) / sqrt(variance + epsilon) + offset.
 *
 * @param x `[batch, height, width, channels]` or `[batch, depth, height, width, channels]`, float32.
 * @param scale `[channels]`.
 * @param offset `[channels]`.
 * @throws TfjsTrainingError `wrong-shape`.
 * @see Ulyanov et al., arXiv:1607.08022; `torch.nn.InstanceNorm2d(affine=True)`.
 */
export function instanceNorm(
  x: Tensor,
  scale: Tensor,
  offset: Tensor,
  { epsilon = 1e-5, leakyReluSlope = 1 }: InstanceNormOptions = {},
): Tensor {
  assertActivation(x, 'instanceNorm');
  assertShape(scale, [x.shape.at(-1)!], 'The scale of an instance norm');
  assertShape(offset, [x.shape.at(-1)!], 'The offset of an instance norm');

  return runOperation([x, scale, offset], ([input, gamma, beta]) => {
    const { output, saved, back } = kernels().instanceNormalise(input, gamma, beta, epsilon, {
      slope: leakyReluSlope,
      ceiling: Infinity,
    });
    return { output, saved, backward: (dy) => back(dy) };
  });
}
