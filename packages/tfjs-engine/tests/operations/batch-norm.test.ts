import { beforeAll, describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

import { batchNorm, composed, type NormActivation } from '@fractura/tfjs-training';
import { findPreparedEngine, useEngine, type EngineName } from '../../src/index.js';
import { seededTensor } from '../seeded-tensor.js';
import { compare } from './parity.js';

function plainBatchNorm(x: Tensor, scale: Tensor, offset: Tensor): Tensor {
  const axes = x.shape.slice(0, -1).map((_, axis) => axis);
  const { mean, variance } = tf.moments(x, axes, true);
  return tf.add(tf.mul(tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-5))), scale), offset);
}

const activated = (y: Tensor, activation: NormActivation): Tensor =>
  ({ none: y, relu: tf.relu(y), relu6: tf.minimum(tf.relu(y), 6) })[activation];

/** So that ReLU6 cuts some numbers. */
const enlarge = (scale: Tensor): Tensor => composed([scale], (values) => tf.mul(values, 10));

const engines: EngineName[] = findPreparedEngine() ? ['cpu', 'wasm', 'native'] : ['cpu', 'wasm'];

describe.each(engines)('on the engine %s', (engine) => {
  let backend: string;
  beforeAll(async () => {
    ({ backend } = await useEngine({ prefer: engine }));
  });

  test.each([
    [[4, 5, 3, 3], 'none'],
    [[1, 7, 7, 2], 'relu'],
    [[2, 2, 3, 4, 3], 'relu'],
    [[3, 6, 5, 4], 'relu6'],
  ] as [number[], NormActivation][])(
    'batchNorm in training on %j, then %s, equals the plain composition',
    async (shape, activation) => {
      const movingMean = tf.variable(tf.zeros([shape.at(-1)!]));
      const movingVariance = tf.variable(tf.ones([shape.at(-1)!]));
      const channels = [shape.at(-1)!];
      await compare(
        {
          inputs: [shape, channels, channels],
          ours: (x, scale, offset) =>
            batchNorm(x, { scale: enlarge(scale), offset, movingMean, movingVariance }, { training: true, activation }),
          plain: (x, scale, offset) => {
            const y = plainBatchNorm(x, tf.mul(scale, 10), offset);
            return activated(y, activation);
          },
        },
        { backend },
      );
      tf.dispose([movingMean, movingVariance]);
    },
  );

  test.each(['none', 'relu', 'relu6'] as const)(
    'batchNorm in evaluation normalises with the moving statistics, then %s',
    async (activation) => {
      const movingMean = tf.variable(seededTensor([3], 5));
      const movingVariance = tf.variable(tf.add(seededTensor([3], 6), 2));
      await compare(
        {
          inputs: [[2, 4, 5, 3], [3], [3]],
          ours: (x, scale, offset) =>
            batchNorm(
              x,
              { scale: enlarge(scale), offset, movingMean, movingVariance },
              { training: false, activation },
            ),
          plain: (x, scale, offset) =>
            activated(tf.batchNorm(x, movingMean, movingVariance, offset, tf.mul(scale, 10), 1e-5), activation),
        },
        { backend },
      );
    },
  );

  test('the moving statistics move by PyTorch’s rule, once for each pass', () => {
    const x = tf.tensor([1, 2, 3, 6], [1, 2, 2, 1]);
    const movingMean = tf.variable(tf.tensor1d([10]));
    const movingVariance = tf.variable(tf.tensor1d([1]));
    const one = tf.ones([1]);
    const zero = tf.zeros([1]);
    batchNorm(x, { scale: one, offset: zero, movingMean, movingVariance }, { training: true }).dispose();
    // mean 3; squared deviations 4 + 1 + 0 + 9 = 14, over n - 1 = 3
    expect(movingMean.dataSync()[0]).toBeCloseTo(0.9 * 10 + 0.1 * 3, 5);
    expect(movingVariance.dataSync()[0]).toBeCloseTo(0.9 * 1 + (0.1 * 14) / 3, 5);
  });

  test('a single value per channel has no variance to train on', () => {
    const one = tf.ones([2]);
    const movingMean = tf.variable(one);
    const movingVariance = tf.variable(one);
    expect(() =>
      batchNorm(tf.ones([1, 1, 1, 2]), { scale: one, offset: one, movingMean, movingVariance }, { training: true }),
    ).toThrow(expect.objectContaining({ code: 'too-few-values' }));
  });
});
