import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';

import type { Convolution2D } from './convolution-gradients.js';
import { fit } from './fit.js';
import { spreadOut } from './spread-out.js';

/** The gradient with respect to the input: a depthwise convolution of dy, spread out by the strides, with the kernel turned. */
export function depthwiseBackInput(
  dy: Tensor4D,
  filter: Tensor4D,
  inputShape: readonly [number, number, number, number],
  { strides, before }: Convolution2D,
): Tensor4D {
  const spread = spreadOut(dy, strides);
  const margins = [0, 1].map((axis): [number, number] => {
    const leading = filter.shape[axis] - 1 - before[axis];
    return [leading, inputShape[axis + 1] + filter.shape[axis] - 1 - leading - spread.shape[axis + 1]];
  });
  return tf.depthwiseConv2d(fit(spread, margins), tf.reverse(filter, [0, 1]), 1, 'valid');
}

/** The gradient with respect to the kernel: at each of its positions, dy times what it saw, summed. */
export function depthwiseBackFilter(
  x: Tensor4D,
  dy: Tensor4D,
  filterShape: readonly [number, number, number, number],
  { strides, before }: Convolution2D,
): Tensor4D {
  const [batch, outHeight, outWidth, channels] = dy.shape;
  const reach = [0, 1].map((axis) => (dy.shape[axis + 1] - 1) * strides[axis] + filterShape[axis]);
  const margins = reach.map((extent, axis): [number, number] => [
    before[axis],
    extent - before[axis] - x.shape[axis + 1],
  ]);
  const padded = fit(x, margins);
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
