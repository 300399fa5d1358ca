import type { Tensor } from '@tensorflow/tfjs';

import { kernels } from '../kernels/kernels-in-use.js';
import { runOperation } from '../tape/run-operation.js';
import { assertActivation, assertRank, assertShape } from '../shapes/check-shape.js';
import { geometryOf, type Padding } from '../shapes/geometry.js';

/** How a convolution steps and pads. */
export interface ConvolutionOptions {
  /** One number or one per spatial axis; default 1. */
  strides?: number | readonly number[];
  /** `[out]`, added to every output position; default none. */
  bias?: Tensor;
  /** Default (k - 1) / 2 rounded down on both sides, as PyTorch's `padding=(k-1)//2`. */
  padding?: Padding;
}

/**
 * Convolution in 2D or 3D as `torch.nn.Conv2d` and `Conv3d`, or padded as TensorFlow does it.
 *
 * @param x `[batch, height, width, in]` or `[batch, depth, height, width, in]`, float32.
 * @param kernel `[kh, kw, in, out]` or `[kd, kh, kw, in, out]`, float32.
 * @returns `[batch, ..., out]`, each spatial size floor((size + 2 padding - k) / stride) + 1; ceil(size / stride) for `same`.
 * @throws TfjsTrainingError `wrong-shape`.
 */
export function convolution(
  x: Tensor,
  kernel: Tensor,
  { strides = 1, bias, padding }: ConvolutionOptions = {},
): Tensor {
  assertActivation(x, 'convolution');
  assertRank(kernel, x.rank, 'A convolution kernel');
  const axes = x.rank - 2;
  const kernelSize = kernel.shape.slice(0, axes);
  const outChannels = kernel.shape.at(-1)!;
  assertShape(kernel, [...kernelSize, x.shape.at(-1)!, outChannels], 'A convolution kernel');
  if (bias) {
    assertShape(bias, [outChannels], 'A convolution bias');
  }
  const geometry = geometryOf(x, kernelSize, { strides, padding });

  return runOperation(
    bias ? [x, kernel, bias] : [x, kernel],
    ([input, weights, offset]) => {
      const { convolve, convolveBackInput, convolveBackKernel, addBias, sumOverPositions } = kernels();
      const convolved = convolve(input, weights, geometry);
      return {
        output: offset ? addBias(convolved, offset) : convolved,
        saved: [input, weights],
        backward: (dy, [needInput, needKernel, needBias]) => [
          needInput ? convolveBackInput(dy, weights, input.shape, geometry) : null,
          needKernel ? convolveBackKernel(input, dy, weights.shape, geometry) : null,
          needBias ? sumOverPositions(dy) : null,
        ],
      };
    },
    { computesIn: 'reduced' },
  );
}
