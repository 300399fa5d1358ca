import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

import { spatialShape } from '../../shapes/geometry.js';

/** Puts `padding[axis]` positions of `value` before and after each spatial axis. */
export function pad(x: Tensor, padding: readonly number[], value = 0): Tensor {
  if (padding.every((p) => p === 0)) {
    return x;
  }
  return tf.pad(x, [[0, 0], ...padding.map((p): [number, number] => [p, p]), [0, 0]], value);
}

/** Takes the padding off again. */
export function unpad(x: Tensor, padding: readonly number[]): Tensor {
  if (padding.every((p) => p === 0)) {
    return x;
  }
  const size = spatialShape(x).map((n, axis) => n - 2 * padding[axis]);
  return tf.slice(x, [0, ...padding, 0], [x.shape[0], ...size, x.shape.at(-1)!]);
}
