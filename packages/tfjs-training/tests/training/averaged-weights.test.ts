import { beforeAll, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { AveragedWeights } from '../../src/index.js';
import { toyNetwork } from '../support/toy-network.js';
import { useCpu } from '../support/use-cpu.js';

beforeAll(useCpu);

const biasOf = ({ parameters }: ReturnType<typeof toyNetwork>) => parameters[1].variable;

test('the network has the averages while work is done, and its own weights again afterwards, whatever happens', async () => {
  const network = toyNetwork();
  const bias = biasOf(network);
  const averaged = new AveragedWeights(network, { decay: 0.75 });
  averaged.update();
  bias.assign(tf.tensor1d([4, 5]));
  averaged.update();
  const tensors = tf.memory().numTensors;
  expect(await averaged.during(() => [...bias.dataSync()])).toEqual([1, 2]);
  await expect(averaged.during(() => Promise.reject(new Error('stopped')))).rejects.toThrow('stopped');
  expect([...bias.dataSync()]).toEqual([4, 5]);
  expect(tf.memory().numTensors).toBe(tensors);
  averaged.dispose();
  network.dispose();
});

test('before the first update there are no averages, and the network keeps its weights', async () => {
  const network = toyNetwork();
  const averaged = new AveragedWeights(network);
  expect(await averaged.during(() => [...biasOf(network).dataSync()])).toEqual([0, 1]);
  expect(await averaged.save()).toEqual(new Map());
  averaged.restore(new Map(), 0);
  expect(averaged.updates).toBe(0);
  network.dispose();
});

test('averages go on from a saved state as if never interrupted; a state that lacks a tensor is refused by name', async () => {
  const network = toyNetwork();
  const [whole, broken] = [new AveragedWeights(network, { decay: 0.5 }), new AveragedWeights(network, { decay: 0.5 })];
  whole.update();
  const saved = await whole.save();
  expect([...saved.keys()]).toEqual([
    'block.0.conv.weight',
    'block.0.conv.bias',
    'block.0.norm.running_mean',
    'fc.weight',
  ]);
  broken.restore(saved, whole.updates);
  biasOf(network).assign(tf.tensor1d([9, -9]));
  whole.update();
  broken.update();
  expect(broken.updates).toBe(2);
  expect(await broken.save()).toEqual(await whole.save());
  saved.delete('fc.weight');
  expect(() => {
    broken.restore(saved, 1);
  }).toThrow(
    expect.objectContaining({ code: 'optimizer-state-invalid', message: 'The averaged weights lack fc.weight.' }),
  );
  expect(broken.updates).toBe(2);
  whole.dispose();
  broken.dispose();
  network.dispose();
});

test('with a warm-up the first updates keep less of the average', async () => {
  const network = toyNetwork();
  const bias = biasOf(network);
  const averaged = new AveragedWeights(network, { decay: 0.9, warmUp: true });
  averaged.update();
  bias.assign(tf.tensor1d([12, 13]));
  averaged.update();
  // (1 + 1) / (10 + 1) of the first, the rest of the second.
  const [first, second] = await averaged.during(() => [...bias.dataSync()]);
  expect(first).toBeCloseTo((2 / 11) * 0 + (9 / 11) * 12, 5);
  expect(second).toBeCloseTo((2 / 11) * 1 + (9 / 11) * 13, 5);
  averaged.dispose();
  network.dispose();
});
