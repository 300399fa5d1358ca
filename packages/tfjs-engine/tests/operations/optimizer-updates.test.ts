import { beforeAll, describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import type { Scalar } from '@tensorflow/tfjs';

import { adamFactors, adamUpdate, globalNorm, nesterovFactors, nesterovUpdate } from '@fractura/tfjs-training';
import { findPreparedEngine, useEngine, type EngineName } from '../../src/index.js';

const engines: EngineName[] = findPreparedEngine() ? ['cpu', 'wasm', 'native'] : ['cpu', 'wasm'];

describe.each(engines)('on the engine %s', (engine) => {
  beforeAll(async () => {
    await useEngine({ prefer: engine });
  });

  test('two steps are those of torch.optim.SGD(nesterov=True), worked out by hand', () => {
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const factors = nesterovFactors({ clip: tf.scalar(0.5), decay: 0.1, momentum: 0.9, learningRate: 0.2 });
      const gradient = tf.tensor1d([2, -4]);
      // g = 0.5 [2, -4] + 0.1 [1, 3] = [1.1, -1.7]; b = g; w = [1, 3] - 0.2 (1.9 g)
      const [w, b] = nesterovUpdate(tf.tensor1d([1, 3]), tf.zeros([2]), gradient, factors);
      expect([...b.dataSync()].map((value) => value.toFixed(5))).toEqual(['1.10000', '-1.70000']);
      expect([...w.dataSync()].map((value) => value.toFixed(5))).toEqual(['0.58200', '3.64600']);
      // g = [1.0582, -1.6354]; b = 0.9 b + g = [2.0482, -3.1654]; w = w - 0.2 (g + 0.9 b)
      const [w2, b2] = nesterovUpdate(w, b, gradient, factors);
      expect([...b2.dataSync()].map((value) => value.toFixed(4))).toEqual(['2.0482', '-3.1654']);
      expect([...w2.dataSync()].map((value) => value.toFixed(4))).toEqual(['0.0017', '4.5429']);
    });
    expect(tf.memory().numTensors).toBe(before);
  });

  test('two steps are those of torch.optim.Adam, worked out by hand', () => {
    tf.tidy(() => {
      const constants = { decay: 0.5, beta1: 0.9, beta2: 0.99, learningRate: 0.1, epsilon: 1e-8 };
      const [w0, zeros, gradient] = [tf.tensor1d([1, -2]), tf.zeros([2]), tf.tensor1d([1.5, 1])];
      // g = [1.5, 1] + 0.5 [1, -2] = [2, 0]; without bias m' = g and v' = g g: a full step where g is not 0.
      const first = adamUpdate(w0, zeros, zeros, gradient, adamFactors({ ...constants, step: 1 }));
      expect(first.map((t) => [...t.dataSync()].map((value) => Number(value.toFixed(5))))).toEqual([
        [0.9, -2],
        [0.2, 0],
        [0.04, 0],
      ]);
      // g = [1.95, 0]; m = 0.18 + 0.195, v = 0.0396 + 0.038025; m' = m / 0.19, v' = v / 0.0199
      const second = adamUpdate(first[0], first[1], first[2], gradient, adamFactors({ ...constants, step: 2 }));
      const [weights, means, squares] = second.map((t) => t.dataSync());
      expect(means[0]).toBeCloseTo(0.375, 5);
      expect(squares[0]).toBeCloseTo(0.077625, 5);
      expect(weights[0]).toBeCloseTo(0.9 - (0.1 * (0.375 / 0.19)) / Math.sqrt(0.077625 / 0.0199), 5);
      expect(weights[1]).toBe(-2);
    });
  });

  test('a tensor larger than what one thread takes at a time', () => {
    tf.tidy(() => {
      const count = 200_001;
      const factors = nesterovFactors({ clip: 1, decay: 0, momentum: 0.5, learningRate: 1 });
      const ramp = tf.range(0, count);
      const [w, b] = nesterovUpdate(ramp, tf.ones([count]), ramp, factors);
      const [weights, momenta] = [w.dataSync(), b.dataSync()];
      for (const i of [0, 65_535, 65_536, 131_072, count - 1]) {
        expect(momenta[i]).toBe(i + 0.5);
        expect(weights[i]).toBe(i - (i + 0.5 * (i + 0.5)));
      }
    });
  });

  test('the norm is that of all tensors together, and 0 without any', () => {
    const norm = (tensors: Parameters<typeof globalNorm>[0]) => {
      const value: Scalar = globalNorm(tensors);
      return value.dataSync()[0];
    };
    expect(norm([tf.tensor1d([3, 0]), tf.tensor2d([[4], [12]])])).toBeCloseTo(13, 5);
    expect(norm([])).toBe(0);
  });

  test('shapes that differ are refused by name', () => {
    const factors = nesterovFactors({ clip: 1, decay: 0, momentum: 0.9, learningRate: 0.1 });
    expect(() => nesterovUpdate(tf.zeros([2, 3]), tf.zeros([3, 2]), tf.zeros([2, 3]), factors)).toThrow(/momenta/);
    expect(() => nesterovUpdate(tf.zeros([2]), tf.zeros([2]), tf.zeros([3]), factors)).toThrow(/gradient/);
    const [two, three] = [tf.zeros([2]), tf.zeros([3])];
    expect(() => adamUpdate(two, three, two, two, tf.zeros([5]))).toThrow(/means/);
    expect(() => adamUpdate(two, two, three, two, tf.zeros([5]))).toThrow(/squares/);
  });
});
