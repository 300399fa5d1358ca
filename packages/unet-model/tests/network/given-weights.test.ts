import { beforeAll, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import { buildUnet, saveTensors } from '../../src/index.js';
import { useWasm } from '../support/engine.js';
import { readNetworkVector } from '../support/reference-network.js';

beforeAll(useWasm);

const { vector, tensors } = readNetworkVector('resenc2d');
const options = {
  architecture: { network_class_name: vector.architecture, arch_kwargs: vector.arch_kwargs },
  inputChannels: vector.input_channels,
  outputChannels: vector.num_classes,
};

test('a network can be built with a trained one’s weights; further tensors are passed over', async () => {
  const weights = tensors('weights');
  const prefixed = weights.map(({ name, ...tensor }) => ({ name: `module.${name}`, ...tensor }));
  const network = buildUnet({
    ...options,
    weights: [...prefixed, { name: 'other', shape: [1], data: Float32Array.of(1) }],
  });
  expect(await saveTensors(network)).toEqual(weights);
  network.dispose();
});

test('weights that are missing or have another shape are named, and nothing is left in memory', () => {
  const weights = tensors('weights');
  const before = tf.memory().numTensors;
  const { name, data } = weights.at(-2)!;
  expect(() => buildUnet({ ...options, weights: weights.slice(0, -1) })).toThrow(
    expect.objectContaining({ code: 'weights-missing' }),
  );
  const wrong = [...weights.slice(0, -2), { name, shape: [data.length], data }, weights.at(-1)!];
  expect(() => buildUnet({ ...options, weights: wrong })).toThrow(name);
  expect(tf.memory().numTensors).toBe(before);
});
