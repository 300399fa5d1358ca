import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

import { spatialShape, type Margin } from '../../shapes/geometry.js';

/** Puts positions of `value` before and after each spatial axis. */
export function pad(x: Tensor, margins: readonly Margin[], value = 0): Tensor {
  if (areNone(margins)) {
    return x;
  }
  return tf.pad(x, [[0, 0], ...margins.map(([before, after]): [number, number] => [before, after]), [0, 0]], value);
}

/** Takes the padding off again. */
export function unpad(x: Tensor, margins: readonly Margin[]): Tensor {
  if (areNone(margins)) {
    return x;
  }
  const size = spatialShape(x).map((n, axis) => n - margins[axis][0] - margins[axis][1]);
  return tf.slice(x, [0, ...margins.map(([before]) => before), 0], [x.shape[0], ...size, x.shape.at(-1)!]);
}

export const areNone = (margins: readonly Margin[]): boolean =>
  margins.every(([before, after]) => before + after === 0);
