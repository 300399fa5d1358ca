import { beforeAll, describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

import {
  castNative,
  composedKernels,
  execute,
  geometryOf,
  hasFusedOperations,
  instanceNormalise,
  instanceNormaliseFused,
  maxPoolBack,
  nativeKernels,
} from '@fractura/tfjs-training/native';
import { findPreparedEngine, useEngine } from '../../src/index.js';
import { seededTensor } from '../seeded-tensor.js';

const none = { slope: 1, ceiling: Infinity };
const leaky = { slope: 0.01, ceiling: Infinity };

const there = findPreparedEngine() !== undefined;

/** The largest difference, as a part of the largest number. */
function distance(a: Tensor, b: Tensor): number {
  return tf.tidy(() => {
    expect(a.shape).toEqual(b.shape);
    const worst = tf.max(tf.abs(tf.sub(a, b))).dataSync<'float32'>()[0];
    return worst / Math.max(1e-3, tf.max(tf.abs(b)).dataSync<'float32'>()[0]);
  });
}

(there ? describe : describe.skip)('our own operations (need `fractura engine install`)', () => {
  beforeAll(async () => {
    await useEngine({ prefer: 'native' });
  });

  test('are in the engine that was prepared', () => {
    expect(hasFusedOperations()).toBe(true);
  });

  // One sample in parts, several on each thread, more channels than fit a cache, and what no number of threads divides.
  test.each([
    [[1, 96, 80, 32]],
    [[4, 40, 40, 24]],
    [[3, 33, 31, 17]],
    [[9, 7, 7, 512]],
    [[1, 2, 3, 9000]],
    [[5, 1, 1, 6]],
    [[2, 12, 11, 13, 8]],
  ])('normalise %j as TensorFlow’s kernels do, values and gradients', (shape) => {
    tf.tidy(() => {
      const channels = [shape.at(-1)!];
      const [x, dy] = [seededTensor(shape, 1), seededTensor(shape, 2)];
      const [scale, offset] = [seededTensor(channels, 3), seededTensor(channels, 4)];
      const ours = instanceNormaliseFused(x, scale, offset, 1e-5, none);
      const theirs = instanceNormalise(x, scale, offset, 1e-5);
      expect(distance(ours.output, theirs.output)).toBeLessThan(1e-5);
      const expected = theirs.back(dy);
      ours.back(dy).forEach((gradient, i) => {
        expect(distance(gradient, expected[i])).toBeLessThan(2e-5);
      });
    });
  });

  test('keep the variance of numbers far from zero', () => {
    const values = Float32Array.from({ length: 4096 }, (_, i) => (i === 0 ? -3 : 1000 + Math.sin(i) / 100));
    const exact = [...values].reduce((sum, value) => sum + value, 0) / values.length;
    const variance = [...values].reduce((sum, value) => sum + (value - exact) ** 2, 0) / values.length;
    const [, mean, found] = execute(
      'FracturaNormalise',
      [tf.tensor(values, [1, 4096, 1]), tf.ones([1]), tf.zeros([1])],
      { types: ['T', 'U'], floats: { epsilon: 1e-5, ...none } },
      3,
    );
    expect(mean.dataSync()[0]).toBeCloseTo(exact, 3);
    expect(found.dataSync()[0] / variance).toBeCloseTo(1, 5);
  });

  test('compute bfloat16 in float32, round once, and keep what is no number', () => {
    tf.tidy(() => {
      const shape = [2, 9, 7, 21];
      const [x, dy] = [seededTensor(shape, 1), seededTensor(shape, 2)].map((t) => castNative(t, 'bfloat16'));
      const [scale, offset] = [seededTensor([21], 3), seededTensor([21], 4)];
      const [x32, dy32] = [x, dy].map((t) => castNative(t, 'float32'));
      const reduced = instanceNormaliseFused(x, scale, offset, 1e-5, leaky);
      const full = instanceNormaliseFused(x32, scale, offset, 1e-5, leaky);
      const rounded = castNative(full.output, 'bfloat16');
      expect([...reduced.output.dataSync()]).toEqual([...rounded.dataSync()]);
      const [dx] = full.back(dy32);
      expect([...reduced.back(dy)[0].dataSync()]).toEqual([...castNative(dx, 'bfloat16').dataSync()]);
      const bad = castNative(tf.tensor([Number.NaN, 1, 2, 3], [1, 4, 1]), 'bfloat16');
      const { output } = instanceNormaliseFused(bad, tf.ones([1]), tf.zeros([1]), 1e-5, none);
      expect([...output.dataSync()].every(Number.isNaN)).toBe(true);
    });
  });

  test.each([
    ['FracturaNormalise', [tf.zeros([1, 4, 3]), tf.ones([2]), tf.zeros([3])], 3],
    ['FracturaNormalise', [tf.zeros([0, 4, 3]), tf.ones([3]), tf.zeros([3])], 3],
    ['FracturaNormaliseWith', [tf.zeros([1, 4, 3]), tf.ones([3]), tf.zeros([3]), tf.zeros([3]), tf.ones([1])], 1],
    [
      'FracturaNormaliseGrad',
      [tf.zeros([1, 4, 2]), tf.zeros([1, 4, 3]), tf.ones([3]), tf.zeros([3]), tf.zeros([1, 3]), tf.ones([1, 3])],
      3,
    ],
  ])('%s refuses shapes that do not fit, and the process lives on', (name, inputs, outputs) => {
    const attributes = { types: ['T', 'U'], floats: { epsilon: 1e-5, ...none } };
    expect(() => execute(name, inputs, attributes, outputs)).toThrow(
      /normalisation|number for each channel|shape of x/,
    );
  });

  test.each([
    ['FracturaNesterov', [4, 3, 4], 4, 2, /one shape/],
    ['FracturaNesterov', [4, 4, 4], 5, 2, /factors/],
    ['FracturaAdam', [4, 4, 4, 1], 6, 3, /one shape/],
    ['FracturaAdam', [4, 4, 4, 4], 4, 3, /factors/],
  ])('%s refuses tensors of %j numbers and %d factors', (name, sizes, factors, outputs, words) => {
    const inputs = [...sizes, factors].map((size) => tf.zeros([size]));
    expect(() => execute(name, inputs, {}, outputs)).toThrow(words);
  });

  // More channels than the loop takes at once, windows that overlap, and ones cut off by the border.
  test.each([
    [[2, 9, 11, 300], { size: 3, strides: 2, padding: 1 }],
    [[1, 8, 8, 5], { size: 3, strides: 1, padding: 1 }],
    [[3, 7, 6, 16], { size: 2, strides: 2, padding: 0 }],
    [[1, 10, 9, 4], { size: 5, strides: 3, padding: 2 }],
  ])('the gradient of a max pooling of %j by %j is TensorFlow’s, ties included', (shape, options) => {
    tf.tidy(() => {
      // Few values, so that windows have several maxima.
      const x = tf.round(tf.mul(seededTensor(shape, 5), 3));
      const output = nativeKernels.maxPool(x, options);
      expect(distance(output, composedKernels.maxPool(x, options))).toBe(0);
      const dy = seededTensor(output.shape, 6);
      expect(
        distance(nativeKernels.maxPoolBack(dy, x, output, options), maxPoolBack(dy, x, output, options)),
      ).toBeLessThan(1e-6);
    });
  });

  test('a max pooling refuses a gradient that is not of its output’s shape', () => {
    const integers = { size: 2, stride: 2, padding: 0 };
    expect(() =>
      execute('FracturaMaxPoolGrad', [tf.zeros([1, 3, 2, 1]), tf.zeros([1, 4, 4, 1])], { integers }),
    ).toThrow(/pooling/);
  });

  // Channels that fill no lane, fill one, and more than fit at once; one row band and several; borders cut in every way.
  test.each<[number[], [number, number], [number, number], 'same' | number]>([
    [[2, 40, 37, 32], [3, 3], [1, 1], 'same'],
    [[3, 33, 18, 40], [5, 5], [1, 1], 'same'],
    [[1, 70, 35, 17], [3, 3], [2, 2], 'same'],
    [[2, 35, 66, 96], [5, 5], [2, 2], 'same'],
    [[1, 9, 13, 6], [5, 3], [2, 1], 2],
    [[2, 11, 10, 33], [3, 3], [3, 2], 0],
    [[1, 7, 7, 1152], [5, 5], [1, 1], 2],
    [[1, 6, 6, 5], [2, 2], [3, 3], 0],
    [[2, 1, 3, 3], [3, 5], [1, 1], 'same'],
    [[1, 8, 9, 4], [1, 1], [2, 2], 0],
  ])('depthwise convolution of %j with %j by %j, padded %s, is TensorFlow’s, gradients too', (...given) => {
    const [shape, kernelSize, strides, padding] = given;
    tf.tidy(() => {
      const [x, kernel] = [seededTensor(shape, 1), seededTensor([...kernelSize, 1, shape[3]], 2)];
      const geometry = geometryOf(x, kernelSize, { strides, padding });
      const y = nativeKernels.convolveDepthwise(x, kernel, geometry);
      const dy = seededTensor(y.shape, 3);
      const all = (by: typeof nativeKernels, [input, weights, gradient]: Tensor[]) => [
        by.convolveDepthwise(input, weights, geometry),
        by.convolveDepthwiseBackInput(gradient, weights, shape, geometry),
        by.convolveDepthwiseBackKernel(input, gradient, kernel.shape, geometry),
      ];
      const expected = all(composedKernels, [x, kernel, dy]);
      all(nativeKernels, [x, kernel, dy]).forEach((found, i) => {
        expect(distance(found, expected[i])).toBeLessThan(1e-5);
      });
      // In bfloat16 the same arithmetic on rounded numbers, rounded once.
      const reduced = [x, kernel, dy].map((t) => castNative(t, 'bfloat16'));
      const widened = reduced.map((t) => castNative(t, 'float32'));
      const exact = all(nativeKernels, widened);
      all(nativeKernels, reduced).forEach((found, i) => {
        const rounded = i < 2 ? castNative(exact[i], 'bfloat16') : exact[i];
        expect([...found.dataSync()]).toEqual([...rounded.dataSync()]);
      });
    });
  });

  test('depthwise operations refuse shapes that do not fit', () => {
    const integers = { row_stride: 1, column_stride: 1, top: 1, bottom: 1, left: 1, right: 1 };
    const [x, kernel] = [tf.zeros([1, 4, 4, 3]), tf.zeros([3, 3, 1, 2])];
    expect(() => execute('FracturaDepthwise', [x, kernel], { integers })).toThrow(/one kernel for each channel/);
    expect(() =>
      execute('FracturaDepthwiseGradKernel', [x, tf.zeros([1, 3, 4, 3])], {
        types: ['T', 'U'],
        integers: { ...integers, rows: 3, columns: 3 },
      }),
    ).toThrow(/what it gives/);
  });
});
