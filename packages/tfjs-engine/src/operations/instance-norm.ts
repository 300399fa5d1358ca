import type { Tensor } from '@tensorflow/tfjs';

import { kernels } from '../kernels/kernels.js';
import { runOperation } from '../tape/run-operation.js';
import { assertActivation, assertShape } from './geometry.js';

/** The constants of an instance norm. */
export interface InstanceNormOptions {
  /** Added to the variance; default 1e-5, PyTorch's. */
  epsilon?: number;
  /** When given, a leaky ReLU of this slope (> 0) follows in the same operation. */
  leakyReluSlope?: number;
}

/**
 * Instance normalisation over the spatial axes of every sample and channel, with the biased variance, optionally followed by a
 * leaky ReLU: y = scale (x - mean) / sqrt(variance + epsilon) + offset.
 *
 * @param x `[batch, height, width, channels]` or `[batch, depth, height, width, channels]`, float32.
 * @param scale `[channels]`.
 * @param offset `[channels]`.
 * @throws TfjsEngineError `wrong-shape`.
 * @see Ulyanov et al., arXiv:1607.08022; `torch.nn.InstanceNorm2d(affine=True)`.
 */
export function instanceNorm(
  x: Tensor,
  scale: Tensor,
  offset: Tensor,
  { epsilon = 1e-5, leakyReluSlope }: InstanceNormOptions = {},
): Tensor {
  assertActivation(x, 'instanceNorm');
  assertShape(scale, [x.shape.at(-1)!], 'The scale of an instance norm');
  assertShape(offset, [x.shape.at(-1)!], 'The offset of an instance norm');

  return runOperation([x, scale, offset], ([input, gamma, beta]) => {
    const { instanceNormalise, leakyRelu, leakyReluBack } = kernels();
    const { output: normalised, saved, back } = instanceNormalise(input, gamma, beta, epsilon);
    if (leakyReluSlope === undefined) {
      return { output: normalised, saved, backward: (dy) => back(dy) };
    }
    const output = leakyRelu(normalised, leakyReluSlope);
    return {
      output,
      saved: [...saved, output],
      backward: (dy) => back(leakyReluBack(dy, output, leakyReluSlope)),
    };
  });
}
