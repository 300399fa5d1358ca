import type { Tensor } from '@tensorflow/tfjs';

import { TfjsTrainingError } from '../errors.js';
import { kernels } from '../kernels/kernels-in-use.js';
import { runOperation } from '../tape/run-operation.js';
import { assertActivation, assertRank, assertShape } from '../shapes/check-shape.js';
import { perAxis, spatialShape, type ConvolutionGeometry } from '../shapes/geometry.js';

/** How a convolution steps and pads. */
export interface ConvolutionOptions {
  /** One number or one per spatial axis; default 1. */
  strides?: number | readonly number[];
  /** `[out]`, added to every output position; default none. */
  bias?: Tensor;
  /** Zeros on both sides of each axis; default (k - 1) / 2 rounded down, as PyTorch's `padding=(k-1)//2`. */
  padding?: number | readonly number[];
}

/**
 * Convolution in 2D or 3D with symmetric zero padding, as `torch.nn.Conv2d` and `Conv3d`.
 *
 * @param x `[batch, height, width, in]` or `[batch, depth, height, width, in]`, float32.
 * @param kernel `[kh, kw, in, out]` or `[kd, kh, kw, in, out]`, float32.
 * @returns `[batch, ..., out]`, each spatial size floor((size + 2 padding - k) / stride) + 1.
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
  const geometry: ConvolutionGeometry = {
    kernelSize,
    strides: perAxis(strides, axes, 'strides'),
    padding: padding === undefined ? kernelSize.map((k) => Math.floor((k - 1) / 2)) : perAxis(padding, axes, 'padding'),
  };
  assertOutputIsNotEmpty(x, geometry);

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

function assertOutputIsNotEmpty(x: Tensor, { kernelSize, padding }: ConvolutionGeometry): void {
  spatialShape(x).forEach((size, axis) => {
    if (size + 2 * padding[axis] < kernelSize[axis]) {
      throw new TfjsTrainingError(
        `A kernel of size [${kernelSize.join(', ')}] does not fit an input of shape [${x.shape.join(', ')}] padded by [${padding.join(', ')}].`,
        { code: 'wrong-shape', remedy: 'Give a larger input or more padding.' },
      );
    }
  });
}
