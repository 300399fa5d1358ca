import type { Tensor } from '@tensorflow/tfjs';

import { kernels } from '../kernels/kernels-in-use.js';
import { runOperation } from '../tape/run-operation.js';
import { assertActivation, assertRank, assertShape } from '../shapes/check-shape.js';

/** How a transposed convolution steps. */
export interface TransposedConvolutionOptions {
  /** One per spatial axis; the kernel has the same size. */
  strides: readonly number[];
  /** `[out]`; default none. */
  bias?: Tensor;
}

/**
 * Transposed convolution whose kernel size equals its strides, as nnU-Net upsamples (`torch.nn.ConvTranspose2d(k, stride=k)`):
 * each input position becomes one block of output positions.
 *
 * @param x `[batch, height, width, in]` or `[batch, depth, height, width, in]`, float32.
 * @param kernel `[kh, kw, out, in]` or `[kd, kh, kw, out, in]`, float32.
 * @returns `[batch, height * kh, width * kw, out]`, likewise in 3D.
 * @throws TfjsTrainingError `wrong-shape`.
 */
export function transposedConvolution(
  x: Tensor,
  kernel: Tensor,
  { strides, bias }: TransposedConvolutionOptions,
): Tensor {
  assertActivation(x, 'transposedConvolution');
  assertRank(kernel, x.rank, 'A transposed convolution kernel');
  const outChannels = kernel.shape.at(-2)!;
  assertShape(kernel, [...strides, outChannels, x.shape.at(-1)!], 'A transposed convolution kernel');
  if (bias) {
    assertShape(bias, [outChannels], 'A transposed convolution bias');
  }

  return runOperation(
    bias ? [x, kernel, bias] : [x, kernel],
    ([input, weights, offset]) => {
      const { convolveTransposed, convolveTransposedBack, addBias, sumOverPositions } = kernels();
      const upsampled = convolveTransposed(input, weights);
      return {
        output: offset ? addBias(upsampled, offset) : upsampled,
        saved: [input, weights],
        backward: (dy, [needInput, needKernel, needBias]) => {
          const { dInput, dKernel } = convolveTransposedBack(dy, input, weights, {
            needInput,
            needKernel,
          });
          return [dInput, dKernel, needBias ? sumOverPositions(dy) : null];
        },
      };
    },
    { computesIn: 'reduced' },
  );
}
