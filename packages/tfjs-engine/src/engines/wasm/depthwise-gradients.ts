import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';

import { frameForInput, frameForKernel, type Convolution2D, type Shape4D } from './gradient-frames.js';

/** The gradient with respect to the input: a depthwise convolution of dy, spread out by the strides, with the kernel turned. */
export function depthwiseBackInput(
  dy: Tensor4D,
  filter: Tensor4D,
  inputShape: Shape4D,
  convolution: Convolution2D,
): Tensor4D {
  const framed = frameForInput(dy, filter.shape, inputShape, convolution);
  return tf.depthwiseConv2d(framed, tf.reverse(filter, [0, 1]), 1, 'valid');
}

/** The gradient with respect to the kernel: at each of its positions, dy times what it saw, summed. */
export function depthwiseBackFilter(
  x: Tensor4D,
  dy: Tensor4D,
  filterShape: Shape4D,
  convolution: Convolution2D,
): Tensor4D {
  const { strides } = convolution;
  const [batch, outHeight, outWidth, channels] = dy.shape;
  const padded = frameForKernel(x, dy, filterShape, convolution);
  const sums: tf.Tensor1D[] = [];
  for (let row = 0; row < filterShape[0]; row += 1) {
    for (let column = 0; column < filterShape[1]; column += 1) {
      const end = [row + (outHeight - 1) * strides[0] + 1, column + (outWidth - 1) * strides[1] + 1];
      const seen = tf.stridedSlice(padded, [0, row, column, 0], [batch, ...end, channels], [1, ...strides, 1]);
      sums.push(tf.tidy(() => tf.sum(tf.mul(seen, dy), [0, 1, 2])));
    }
  }
  return tf.reshape(tf.concat(sums), [...filterShape]);
}
