import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs';

import type { ConvolutionGeometry } from '../../shapes/geometry.js';
import { pad } from '../composed/padding.js';

/**
 * The kernel's gradient as one matrix product for each of its taps: x, moved by the tap, against dy, over all positions of the
 * batch. WebGPU's own program gives each weight to one thread, which adds up all positions alone: five sixths of a training
 * step's time on a GPU (docs/webgpu.md).
 */
export function convolveBackKernel(
  x: Tensor,
  dy: Tensor,
  kernelShape: number[],
  { strides, margins }: ConvolutionGeometry,
): Tensor {
  const [rows, columns, inputs, outputs] = kernelShape;
  const [strideY, strideX] = strides;
  const padded = pad(x, margins) as Tensor4D;
  const [batch, height, width] = dy.shape as [number, number, number, number];
  const gradient = tf.reshape(dy, [-1, outputs]);
  const taps: Tensor[] = [];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const seen = tf.stridedSlice(
        padded,
        [0, row, column, 0],
        [batch, row + (height - 1) * strideY + 1, column + (width - 1) * strideX + 1, inputs],
        [1, strideY, strideX, 1],
      );
      taps.push(tf.matMul(tf.reshape(seen, [-1, inputs]), gradient, true, false));
    }
  }
  return tf.reshape(tf.stack(taps), kernelShape);
}
