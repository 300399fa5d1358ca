import { beforeAll, describe, expect, test } from '@jest/globals';
import { useEngine } from '@fractura/tfjs-engine';
import { infer, ParameterScope, zeros, type Initialiser } from '@fractura/tfjs-training';
import * as tf from '@tensorflow/tfjs';
import { buildResnet, resnetBackbone } from '../../src/index.js';

beforeAll(() => useEngine({ prefer: 'wasm' }));

/** Small values that differ, made faster than random ones. */
const someValues: Initialiser = (tensor) => zeros(tensor).map((_, i) => ((i % 7) - 3) / 50);

describe.each([
  [18, [64, 64, 128, 256, 512]],
  [50, [64, 256, 512, 1024, 2048]],
] as const)('ResNet-%i', (depth, channels) => {
  test('gives a feature map at strides 2, 4, 8, 16 and 32, its sizes rounded up', () => {
    const scope = new ParameterScope(someValues);
    const backbone = resnetBackbone(scope.within('encoder'), { depth, inputChannels: 1 });
    expect(backbone.stages).toEqual(channels.map((count, i) => ({ stride: 2 ** (i + 1), channels: count })));
    const image = tf.randomUniform([1, 70, 33, 1], 0, 1, 'float32', 1);
    // The first pass keeps the folded kernels, which end with the network.
    infer(() => backbone.lastFeatures(image)).dispose();
    const before = tf.memory().numTensors;
    const maps = infer(() => backbone.features(image));
    expect(tf.memory().numTensors - before).toBe(maps.length);
    expect(maps.map(({ shape }) => shape)).toEqual(
      backbone.stages.map(({ stride, channels: count }) => [1, Math.ceil(70 / stride), Math.ceil(33 / stride), count]),
    );
    const last = infer(() => backbone.lastFeatures(image));
    expect(last.dataSync()).toEqual(maps.at(-1)!.dataSync());
    expect(scope.state[0].name).toBe('encoder.conv1.weight');
    tf.dispose([image, last, ...maps]);
    scope.dispose();
  });
});

test('in training the running statistics follow the batch and batches are counted, else they stay', () => {
  const network = buildResnet({ inputChannels: 1, classes: 2 });
  const image = tf.randomUniform([2, 40, 40, 1], 0, 1, 'float32', 1);
  const read = () =>
    network.state.flatMap((entry) =>
      entry.name === 'bn1.running_mean' && !('count' in entry) ? [...entry.variable.dataSync()] : [],
    );
  const counts = () => network.state.flatMap((entry) => ('count' in entry ? [entry.count] : []));
  tf.dispose(infer(() => network.features(image)));
  expect(new Set(read())).toEqual(new Set([0]));
  tf.dispose(infer(() => network.features(image, { training: true })));
  expect(read().some((value) => value !== 0)).toBe(true);
  expect(new Set(counts())).toEqual(new Set([1]));
  image.dispose();
  network.dispose();
});
