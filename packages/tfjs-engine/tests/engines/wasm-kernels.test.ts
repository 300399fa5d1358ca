import { beforeAll, describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor4D, Tensor5D } from '@tensorflow/tfjs';

import { useEngine } from '../../src/index.js';
import { seededTensor } from '../seeded-tensor.js';

type Padding = 'same' | 'valid';
type Pair = [number, number];
type Triple = [number, number, number];

/** Value and gradients of plain TensorFlow.js on a backend. */
async function compute(backend: string, f: (...inputs: Tensor[]) => Tensor, shapes: number[][]): Promise<number[][]> {
  await tf.setBackend(backend);
  const before = tf.memory().numTensors;
  const found = tf.tidy(() => {
    const inputs = shapes.map((shape, i) => seededTensor(shape, i + 1));
    const weighted = (...given: Tensor[]): Tensor => {
      const y = f(...given);
      return tf.sum(tf.mul(y, seededTensor(y.shape, 99)));
    };
    return [f(...inputs), ...tf.grads(weighted)(inputs)].map((tensor) => [...tensor.dataSync<'float32'>()]);
  });
  expect(tf.memory().numTensors).toBe(before);
  return found;
}

async function expectAsOnCpu(f: (...inputs: Tensor[]) => Tensor, shapes: number[][]): Promise<void> {
  const expected = await compute('cpu', f, shapes);
  const found = await compute('wasm', f, shapes);
  expect(found.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
  expected.forEach((values, output) => {
    const scale = Math.max(1e-6, ...values.map(Math.abs));
    const worst = Math.max(...values.map((value, i) => Math.abs(value - found[output][i]) / scale));
    expect(worst).toBeLessThan(1e-4);
  });
}

describe("plain tf.* on WASM with this package's kernels equals the CPU backend in value and gradients", () => {
  beforeAll(async () => {
    await useEngine({ prefer: 'wasm' });
  });

  test.each<[string, number[], number[], Pair, Padding]>([
    ['1 x 1', [1, 5, 4, 3], [1, 1, 3, 2], [1, 1], 'same'],
    ['an even kernel with SAME', [2, 5, 6, 2], [2, 4, 2, 3], [1, 1], 'same'],
    ['an even kernel, stride 2, SAME', [1, 7, 6, 2], [4, 2, 2, 1], [2, 2], 'same'],
    ['stride 3', [1, 9, 8, 2], [3, 5, 2, 2], [3, 3], 'valid'],
    ['rows that no window reaches', [2, 8, 9, 1], [3, 2, 1, 4], [3, 3], 'valid'],
    ['a kernel narrower than its stride, SAME', [2, 8, 8, 3], [3, 1, 3, 2], [3, 3], 'same'],
    ['a kernel lower than its stride, SAME', [1, 8, 6, 2], [1, 4, 2, 2], [2, 3], 'same'],
    ['1 x 1 with stride 2, SAME', [1, 7, 8, 2], [1, 1, 2, 3], [2, 2], 'same'],
  ])('convolution: %s', async (_, x, kernel, strides, padding) => {
    await expectAsOnCpu((a, b) => tf.conv2d(a as Tensor4D, b as Tensor4D, strides, padding), [x, kernel]);
  });

  test.each<[string, number[], number[], Pair, Padding, Pair]>([
    ['overlapping blocks', [1, 3, 4, 2], [3, 3, 2, 2], [2, 2], 'same', [6, 8]],
    ['gaps between blocks', [2, 3, 4, 2], [2, 1, 3, 2], [3, 2], 'same', [9, 8]],
    ['VALID', [1, 3, 2, 1], [3, 2, 2, 1], [2, 3], 'valid', [7, 5]],
  ])('transposed convolution: %s', async (_, x, kernel, strides, padding, [height, width]) => {
    const shape: [number, number, number, number] = [x[0], height, width, kernel[2]];
    await expectAsOnCpu(
      (a, b) => tf.conv2dTranspose(a as Tensor4D, b as Tensor4D, shape, strides, padding),
      [x, kernel],
    );
  });

  test.each<[string, number[], number[], Triple, Padding]>([
    ['SAME with strides', [1, 4, 5, 3, 2], [3, 2, 3, 2, 2], [2, 1, 2], 'same'],
    ['VALID', [2, 4, 4, 3, 1], [2, 3, 1, 1, 2], [1, 2, 3], 'valid'],
    ['planes and rows that no window reaches, SAME', [1, 6, 6, 3, 1], [1, 3, 2, 1, 1], [3, 2, 2], 'same'],
  ])('convolution in 3D: %s', async (_, x, kernel, strides, padding) => {
    await expectAsOnCpu((a, b) => tf.conv3d(a as Tensor5D, b as Tensor5D, strides, padding), [x, kernel]);
  });

  test.each<[string, number[], number]>([
    ['of rows', [5, 3], 0],
    ['along the last axis', [2, 2, 4], 2],
    ['of the only row', [1, 3], 0],
  ])('gather %s', async (_, x, axis) => {
    const indices = x[axis] === 1 ? [0, 0] : [1, 0, 1];
    await expectAsOnCpu((a) => tf.gather(a, tf.tensor1d(indices, 'int32'), axis), [x]);
  });

  test('a convolution with dilation', async () => {
    const dilated = async (backend: string) => {
      await tf.setBackend(backend);
      const [x, kernel] = [seededTensor([1, 9, 10, 2], 1), seededTensor([3, 2, 2, 3], 2)];
      const y = tf.conv2d(x as Tensor4D, kernel as Tensor4D, 1, 'same', 'NHWC', [2, 3]);
      return [...y.dataSync<'float32'>()];
    };
    const expected = await dilated('cpu');
    (await dilated('wasm')).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i], 4);
    });
  });

  test('a segment sum leaves rows out whose id is none', async () => {
    await tf.setBackend('wasm');
    const ids = tf.tensor1d([1, -1, 0, 1, 7], 'int32');
    const sums = tf.unsortedSegmentSum(tf.tensor2d([1, 2, 3, 4, 5], [5, 1]), ids, 2);
    expect([...sums.dataSync()]).toEqual([3, 5]);
  });
});
