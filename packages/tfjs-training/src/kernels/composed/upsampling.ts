import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

import { averagePool } from './pooling.js';

const { sizeFromShape } = tf.util;

/** Images by the backends' own kernel; else each axis in turn, the last spatial one first: what lies behind it is repeated as a whole. */
export function upsampleNearest(x: Tensor, factor: number): Tensor {
  if (x.rank === 4) {
    const size = [x.shape[1]! * factor, x.shape[2]! * factor];
    const attributes = { size, alignCorners: false, halfPixelCenters: false };
    return tf.engine().runKernel<Tensor>('ResizeNearestNeighbor', { images: x }, attributes);
  }
  const shape = [...x.shape];
  let repeated = x;
  for (let axis = x.rank - 2; axis > 0; axis -= 1) {
    const rows = tf.reshape(repeated, [-1, 1, sizeFromShape(shape.slice(axis + 1))]);
    repeated = tf.tile(rows, [1, factor, 1]);
    shape[axis] *= factor;
  }
  return tf.reshape(repeated, shape);
}

/** The sum over each block. */
export function upsampleNearestBack(dy: Tensor, factor: number): Tensor {
  const axes = dy.rank - 2;
  const means = averagePool(
    dy,
    Array.from({ length: axes }, () => factor),
  );
  return tf.mul(means, factor ** axes);
}
