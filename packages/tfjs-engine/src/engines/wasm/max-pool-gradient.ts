import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';

import { spreadOut } from './spread-out.js';

/** Windows of a pooling. */
export interface Pooling {
  size: readonly [number, number];
  strides: readonly [number, number];
  /** Positions above and left of the input. */
  before: readonly [number, number];
}

/**
 * The gradient of max pooling: each window gives dy to its first largest value, row by row. WASM's own kernel loses gradients
 * where there are several channels (4.22.0).
 */
export function maxPoolBack(dy: Tensor4D, x: Tensor4D, output: Tensor4D, { size, strides, before }: Pooling): Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const reach = [1, 2].map((axis) => (dy.shape[axis] - 1) * strides[axis - 1] + size[axis - 1]);
  const extent = [Math.max(reach[0], before[0] + height), Math.max(reach[1], before[1] + width)];
  const padded = tf.pad(x, margins(before, [extent[0] - before[0] - height, extent[1] - before[1] - width]), -Infinity);
  let free: Tensor4D = tf.onesLike(dy);
  const given: Tensor4D[] = [];
  for (let row = 0; row < size[0]; row += 1) {
    for (let column = 0; column < size[1]; column += 1) {
      const [lastRow, lastColumn] = [row + (dy.shape[1] - 1) * strides[0], column + (dy.shape[2] - 1) * strides[1]];
      const seen = tf.stridedSlice(
        padded,
        [0, row, column, 0],
        [batch, lastRow + 1, lastColumn + 1, channels],
        [1, ...strides, 1],
      );
      const first: Tensor4D = tf.mul(tf.cast(tf.equal(seen, output), 'float32'), free);
      free = tf.sub(free, first);
      const placed = margins([row, column], [extent[0] - lastRow - 1, extent[1] - lastColumn - 1]);
      given.push(tf.pad(spreadOut(tf.mul(dy, first), strides), placed));
    }
  }
  return tf.slice(tf.addN(given), [0, ...before, 0], [batch, height, width, channels]);
}

function margins([top, left]: readonly [number, number], [bottom, right]: [number, number]): [number, number][] {
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
}
