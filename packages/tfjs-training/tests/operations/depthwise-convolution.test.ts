import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import type { Scalar } from '@tensorflow/tfjs';

import {
  composed,
  depthwiseConvolution,
  differentiate,
  fromTorchLayout,
  relu6,
  upsampleNearest,
} from '../../src/index.js';
import { useCpu } from '../support/use-cpu.js';

interface Vector {
  x: number[];
  weight: number[];
  output: number[];
  outputShape: number[];
  weights: number[];
  dx: number[];
  dWeight: number[];
}
const vector = JSON.parse(readFileSync(new URL('../fixtures/depthwise.json', import.meta.url), 'utf8')) as Vector;

beforeAll(useCpu);

test('a strided depthwise convolution, ReLU6 and nearest upsampling are PyTorch’s, in value and gradients', () => {
  const x = tf.variable(tf.tensor4d(vector.x, [2, 6, 7, 3]));
  const kernel = tf.variable(fromTorchLayout(Float32Array.from(vector.weight), [3, 1, 5, 5]));
  const weights = tf.tensor(vector.weights, vector.outputShape);
  const { gradients } = differentiate(() => {
    const enlarged = composed([depthwiseConvolution(x, kernel, { strides: 2 })], (y) => tf.mul(y, 4));
    const output = upsampleNearest(relu6(enlarged), 2);
    expect(output.shape).toEqual(vector.outputShape);
    expectClose(output.dataSync<'float32'>(), vector.output);
    return composed([output], (y) => tf.sum(tf.mul(y, weights))) as Scalar;
  }, [x, kernel]);
  expectClose(gradients[0]!.dataSync<'float32'>(), vector.dx);
  const dWeight = tf.transpose(gradients[1]!, [3, 2, 0, 1]);
  expectClose(dWeight.dataSync<'float32'>(), vector.dWeight);
});

test.each([
  ['a volume', [1, 4, 4, 4, 2], [3, 3, 1, 2]],
  ['a kernel of other channels', [1, 4, 4, 2], [3, 3, 1, 3]],
  ['a kernel in TensorFlow’s layout', [1, 4, 4, 2], [3, 3, 2, 1]],
])('%s is refused', (_, x, kernel) => {
  expect(() => depthwiseConvolution(tf.zeros(x), tf.zeros(kernel))).toThrow(
    expect.objectContaining({ code: 'wrong-shape' }),
  );
});

test('a factor of upsampling that is no whole number from 1 is refused', () => {
  expect(() => upsampleNearest(tf.zeros([1, 2, 2, 1]), 1.5)).toThrow(expect.objectContaining({ code: 'wrong-shape' }));
});

function expectClose(found: Float32Array, expected: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  const scale = Math.max(...expected.map(Math.abs));
  const worst = Math.max(...expected.map((value, i) => Math.abs(value - found[i])));
  expect(worst / scale).toBeLessThan(1e-5);
}
