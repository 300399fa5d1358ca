import type { Tensor } from '@tensorflow/tfjs';

import { kernels } from '../kernels/kernels-in-use.js';
import { runOperation } from '../tape/run-operation.js';
import { assertRank, assertShape } from '../shapes/check-shape.js';
import { geometryOf, type Padding } from '../shapes/geometry.js';

/** How a depthwise convolution steps and pads. */
export interface DepthwiseConvolutionOptions {
  /** One number or one per spatial axis; default 1. */
  strides?: number | readonly number[];
  /** Default (k - 1) / 2 rounded down on both sides, as PyTorch's `padding=(k-1)//2`. */
  padding?: Padding;
}

/**
 * Convolution of each channel with a kernel of its own, as `torch.nn.Conv2d(channels, channels, k, groups=channels)`.
 *
 * @param x `[batch, height, width, channels]`, float32.
 * @param kernel `[kh, kw, 1, channels]`, float32, as `fromTorchLayout` gives PyTorch's `[channels, 1, kh, kw]`.
 * @returns `[batch, ..., channels]`, each spatial size as after `convolution`.
 * @throws TfjsTrainingError `wrong-shape`.
 */
export function depthwiseConvolution(
  x: Tensor,
  kernel: Tensor,
  { strides = 1, padding }: DepthwiseConvolutionOptions = {},
): Tensor {
  assertRank(x, 4, 'The input of depthwiseConvolution');
  assertRank(kernel, 4, 'A depthwise kernel');
  const kernelSize = kernel.shape.slice(0, 2);
  assertShape(kernel, [...kernelSize, 1, x.shape[3]!], 'A depthwise kernel');
  const geometry = geometryOf(x, kernelSize, { strides, padding });

  return runOperation(
    [x, kernel],
    ([input, weights]) => {
      const { convolveDepthwise, convolveDepthwiseBackInput, convolveDepthwiseBackKernel } = kernels();
      return {
        output: convolveDepthwise(input, weights, geometry),
        saved: [input, weights],
        backward: (dy, [needInput, needKernel]) => [
          needInput ? convolveDepthwiseBackInput(dy, weights, input.shape, geometry) : null,
          needKernel ? convolveDepthwiseBackKernel(input, dy, weights.shape, geometry) : null,
        ],
      };
    },
    { computesIn: 'reduced' },
  );
}
