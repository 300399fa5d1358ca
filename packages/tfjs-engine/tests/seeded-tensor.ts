import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

/** Values in [-1, 1) that depend on the seed alone, so that every engine sees the same. */
export function seededTensor(shape: number[], seed: number): Tensor {
  let state = seed * 2654435761 + 12345;
  const values = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
  return tf.tensor(values, shape);
}
