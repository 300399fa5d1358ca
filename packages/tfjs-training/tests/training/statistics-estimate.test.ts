import { beforeAll, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

import { batchNorm, ParameterScope, StatisticsEstimate, zeros } from '../../src/index.js';
import { useCpu } from '../support/use-cpu.js';

beforeAll(useCpu);

/** A batch norm alone, whose statistics are of images that are long past. */
function oneNorm() {
  const scope = new ParameterScope(zeros);
  const scale = scope.parameter('weight', 'normScale', [2]);
  const offset = scope.parameter('bias', 'normOffset', [2]);
  const movingMean = scope.statistic('running_mean', 'runningMean', 2);
  const movingVariance = scope.statistic('running_var', 'runningVariance', 2);
  const counter = scope.counter('num_batches_tracked');
  movingMean.assign(tf.tensor1d([70, 80]));
  counter.count = 7;
  const forward = (x: Tensor, training: boolean) => {
    if (training) {
      counter.count += 1;
    }
    return batchNorm(x, { scale, offset, movingMean, movingVariance }, { training, momentum: 0.01 });
  };
  return { network: { state: scope.state }, forward, movingMean, movingVariance, counter, scope };
}

/** Two values of each of two channels: means 2 and 20, then 6 and 0; unbiased variances 2 and 200, then 8 and 0. */
const batches = [
  [1, 10, 3, 30],
  [4, 0, 8, 0],
].map((values) => tf.tensor4d(values, [1, 1, 2, 2]));

test('the statistics become the mean over the batches, whatever they were and whatever the momentum', () => {
  const { network, forward, movingMean, movingVariance, counter, scope } = oneNorm();
  const estimate = new StatisticsEstimate(network);
  const tensors = tf.memory().numTensors;
  for (const batch of batches) {
    estimate.include(() => forward(batch, true));
  }
  expect([...movingMean.dataSync()]).toEqual([4, 10]);
  expect([...movingVariance.dataSync()]).toEqual([5, 100]);
  expect(counter.count).toBe(7);
  expect(tf.memory().numTensors).toBe(tensors);
  scope.dispose();
});

test('afterwards a training step moves them by the momentum again, also where a forward pass failed', () => {
  const { network, forward, movingMean, scope } = oneNorm();
  const estimate = new StatisticsEstimate(network);
  estimate.include(() => forward(batches[0], true));
  const failing = () => {
    throw new Error('stopped');
  };
  expect(() => {
    estimate.include(failing);
  }).toThrow('stopped');
  forward(batches[1], true).dispose();
  const [first, second] = movingMean.dataSync();
  expect(first).toBeCloseTo(2.04, 5);
  expect(second).toBeCloseTo(19.8, 5);
  scope.dispose();
});

test('what runs with its own statistics keeps them', () => {
  const { network, forward, movingMean, scope } = oneNorm();
  new StatisticsEstimate(network).include(() => forward(batches[0], false));
  expect([...movingMean.dataSync()]).toEqual([70, 80]);
  scope.dispose();
});
