import { beforeAll, expect, test } from '@jest/globals';
import { saveState } from '@fractura/tfjs-training';
import * as tf from '@tensorflow/tfjs';
import { buildUnet } from '../../src/index.js';
import { useWasm } from '../support/engine.js';
import { readNetworkVector } from '../support/reference-network.js';

beforeAll(useWasm);

const { vector, tensors } = readNetworkVector('resenc2d');
const options = {
  architecture: { network_class_name: vector.architecture, arch_kwargs: vector.arch_kwargs },
  inputChannels: vector.input_channels,
  outputChannels: vector.num_classes,
};

test('a network can be built with the weights of a trained one; other tensors are ignored', async () => {
  const weights = tensors('weights');
  const given = new Map([...weights].map(([name, tensor]) => [`module.${name}`, tensor]));
  given.set('other', { shape: [1], data: Float32Array.of(1) });
  const network = buildUnet({ ...options, weights: given });
  expect([...(await saveState(network))]).toEqual([...weights]);
  network.dispose();
});

test('weights that are missing or have another shape are named, and nothing is left in memory', () => {
  const weights = tensors('weights');
  const before = tf.memory().numTensors;
  const [[name, { data }], [last]] = [...weights].slice(-2);
  const incomplete = new Map(weights);
  incomplete.delete(last);
  expect(() => buildUnet({ ...options, weights: incomplete })).toThrow(
    expect.objectContaining({ code: 'weights-missing', message: expect.stringContaining(last) as unknown }),
  );
  const wrong = new Map(weights).set(name, { shape: [data.length], data });
  expect(() => buildUnet({ ...options, weights: wrong })).toThrow(
    expect.objectContaining({ code: 'weights-shape', message: expect.stringContaining(name) as unknown }),
  );
  expect(tf.memory().numTensors).toBe(before);
});
