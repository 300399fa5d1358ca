import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from '@jest/globals';
import { fromTorchLayout, toTorchValues } from '../../src/index.js';

/** Kernels of convolutions in 1D, 2D and 3D, a matrix, and extents beside those of a cache line. */
const shapes = [
  [5, 3],
  [16, 17, 3],
  [33, 2, 3, 5],
  [4, 1, 2, 3, 2],
  [7, 6, 1, 1],
];
const counting = (shape: readonly number[]) =>
  Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i);

describe.each(shapes.map((shape) => [shape]))('of shape %j', (shape) => {
  test('the first two axes come last, the other way round', () => {
    const values = counting(shape);
    const tensor = fromTorchLayout(values, shape);
    const axes = [...shape.slice(2).map((_, axis) => axis + 2), 1, 0];
    const expected = tf.transpose(tf.tensor(values, shape), axes);
    expect(tensor.shape).toEqual(expected.shape);
    expect(tensor.dataSync()).toEqual(expected.dataSync());
  });

  test('the way back gives the same values', async () => {
    const values = counting(shape);
    expect(await toTorchValues(fromTorchLayout(values, shape))).toEqual(values);
  });
});

test('scalars and vectors stay as they are', async () => {
  const values = Float32Array.of(3, 1, 2);
  const tensor = fromTorchLayout(values, [3]);
  expect(tensor.shape).toEqual([3]);
  expect(await toTorchValues(tensor)).toEqual(values);
  expect(fromTorchLayout(values.slice(0, 1), []).shape).toEqual([]);
});
