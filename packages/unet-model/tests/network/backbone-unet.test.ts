import { readFileSync } from 'node:fs';
import { formulaInput, formulaWeights, type StateShape } from '@fractura/testing';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { composed, differentiate, infer, saveState, toTorchValues } from '@fractura/tfjs-training';
import * as tf from '@tensorflow/tfjs';
import { buildBackboneUnet, type BackboneUnet } from '../../src/network/build-backbone-unet.js';
import { useWasm } from '../support/engine.js';
import { toChannelsFirst } from '../support/layout.js';

interface Samples {
  shape: number[];
  l2: number;
  samples: number[];
}

interface BackboneUnetVector {
  backbone: 'resnet18' | 'efficientnet-lite0';
  seed: number;
  input: { shape: number[]; k: number };
  outputChannels: number;
  state: StateShape[];
  eval: { half: Samples; full: Samples; presence: number[][] };
  train: {
    input: { shape: number[]; k: number };
    full: Samples;
    presence: number[][];
    loss: number;
    grad_l2: Record<string, number>;
    grad_first4: Record<string, number[]>;
    running: Record<string, { l2: number }>;
  };
}

const norm = (values: ArrayLike<number>) =>
  Math.sqrt(Array.from(values).reduce((sum, value) => sum + value * value, 0));

function expectSamples(tensor: tf.Tensor, { shape, l2, samples }: Samples): void {
  const values = toChannelsFirst(tensor.dataSync(), tensor.shape);
  expect([tensor.shape[0], tensor.shape.at(-1), ...tensor.shape.slice(1, -1)]).toEqual(shape);
  expect(Math.abs(norm(values) / l2 - 1)).toBeLessThan(1e-5);
  samples.forEach((sample, j) => {
    expect(Math.abs(values[Math.floor((j * values.length) / samples.length)] - sample)).toBeLessThan(1e-4);
  });
}

function expectNumbers(tensor: tf.Tensor, expected: number[][]): void {
  tensor.dataSync().forEach((value, i) => {
    expect(Math.abs(value - expected.flat()[i])).toBeLessThan(1e-4);
  });
}

// WASM sums a batch's statistics in float32, and ReLU6 turns small differences into other gradients; PyTorch's numbers are float64. On the
// native engine gradients are within 1e-3. Gradients that a following norm cancels are zero but for rounding.
const gradientTolerance = (l2: number) => 2e-2 * l2 + 1e-5;

beforeAll(useWasm);

describe.each(['resnet18', 'efficientnet_lite0'])('a U-Net on %s', (name) => {
  const vector = JSON.parse(
    readFileSync(new URL(`../fixtures/nets/${name}_unet.json`, import.meta.url), 'utf8'),
  ) as BackboneUnetVector;
  const { backbone, seed, outputChannels } = vector;
  const weights = formulaWeights(vector.state, seed);
  const image = formulaInput(vector.input.shape, vector.input.k, seed);
  const options = { backbone, inputChannels: 1, outputChannels, presence: vector.eval.presence[0].length };
  let network: BackboneUnet;
  let x: tf.Tensor;
  beforeAll(() => {
    network = buildBackboneUnet({ ...options, weights });
    x = tf.tensor4d(image.data, image.shape);
  });
  afterAll(() => {
    network.dispose();
    x.dispose();
  });

  test("has the PyTorch network's state dict, name for name", () => {
    const ours = network.state.map((entry) => [entry.name, 'count' in entry ? [] : entry.torchShape]);
    expect(ours).toEqual(vector.state);
  });

  test('gives the logits of PyTorch, of the image and of half its size, and the presence', () => {
    const half = buildBackboneUnet({ ...options, weights, outputSize: 'half' });
    const forward = () =>
      infer(() => {
        const { logits, presence } = network.forward(x);
        return [...logits, presence!, ...half.forward(x).logits];
      });
    // The first pass keeps the folded kernels, which end with the network.
    tf.dispose(forward());
    const before = tf.memory().numTensors;
    const outputs = forward();
    expect(tf.memory().numTensors - before).toBe(3);
    expectSamples(outputs[0], vector.eval.full);
    expectNumbers(outputs[1], vector.eval.presence);
    expectSamples(outputs[2], vector.eval.half);
    tf.dispose(outputs);
    half.dispose();
  });

  test('has the loss, gradients and running statistics of PyTorch in training', async () => {
    const trained = buildBackboneUnet({ ...options, weights });
    const larger = formulaInput(vector.train.input.shape, vector.train.input.k, seed);
    const images = tf.tensor4d(larger.data, larger.shape);
    const before = tf.memory().numTensors;
    const { value, gradients } = differentiate(
      () => {
        const { logits, presence } = trained.forward(images, { training: true });
        return composed([logits[0], presence!], (full, present) =>
          tf.add(tf.mean(tf.square(full)), tf.mean(tf.square(present))).div(2),
        ) as tf.Scalar;
      },
      trained.parameters.map(({ variable }) => variable),
    );
    expect(tf.memory().numTensors - before).toBe(1 + gradients.length);
    expect(Math.abs(value.dataSync()[0] / vector.train.loss - 1)).toBeLessThan(1e-4);
    for (const [i, { name: parameter }] of trained.parameters.entries()) {
      const values = await toTorchValues(gradients[i]!);
      const l2 = vector.train.grad_l2[parameter];
      expect(Math.abs(norm(values) - l2)).toBeLessThan(gradientTolerance(l2));
      vector.train.grad_first4[parameter].forEach((expected, e) => {
        expect(Math.abs(values[e] - expected)).toBeLessThan(gradientTolerance(l2));
      });
    }
    const state = await saveState(trained);
    for (const [statistic, { l2 }] of Object.entries(vector.train.running)) {
      expect(Math.abs(norm(state.get(statistic)!.data as Float32Array) / l2 - 1)).toBeLessThan(1e-4);
    }
    tf.dispose([images, value, ...gradients.map((gradient) => gradient!)]);
    trained.dispose();
  });

  test('leaves frozen stages as they are, weights and running statistics', async () => {
    const frozen = buildBackboneUnet({ ...options, weights, frozenStride: 4 });
    const names = new Set(frozen.parametersDownTo(4).map((parameter) => parameter.name));
    expect([...names].every((parameter) => parameter.startsWith('encoder.'))).toBe(true);
    const before = await saveState(frozen);
    tf.dispose(infer(() => frozen.forward(x, { training: true }).logits));
    const after = await saveState(frozen);
    const modules = new Set([...names].map((parameter) => parameter.replace(/\.\w+$/, '')));
    for (const [entry, { data }] of after) {
      if (entry.includes('running_')) {
        const isFrozen = modules.has(entry.replace(/\.\w+$/, ''));
        expect(norm(data as Float32Array) === norm(before.get(entry)!.data as Float32Array)).toBe(isFrozen);
      }
    }
    frozen.dispose();
  });

  test('takes pretrained weights of its backbone for three channels, whose head it ignores', () => {
    const stem = backbone === 'resnet18' ? 'conv1.weight' : '_conv_stem.weight';
    const published = new Map(
      [...weights]
        .filter(([entry]) => entry.startsWith('encoder.'))
        .map(([entry, tensor]) => [entry.slice('encoder.'.length), tensor]),
    );
    const { shape, data } = published.get(stem)!;
    const [outputs, , height, width] = shape;
    const area = height * width;
    const colour = Float32Array.from(
      { length: 3 * data.length },
      (_, i) => Number(data[Math.floor(i / (3 * area)) * area + (i % area)]) / 3,
    );
    published.set(stem, { shape: [outputs, 3, height, width], data: colour });
    published.set(backbone === 'resnet18' ? 'fc.bias' : '_fc.bias', { shape: [1000], data: new Float32Array(1000) });
    const built = buildBackboneUnet({ ...options, backboneWeights: published });
    const expected = weights.get(`encoder.${stem}`)!.data as Float32Array;
    const entry = built.state[0];
    const values = 'count' in entry ? [] : entry.variable.dataSync();
    const same = 'count' in network.state[0] ? [] : network.state[0].variable.dataSync();
    expect(expected).toHaveLength(values.length);
    values.forEach((value, i) => {
      expect(Math.abs(value - same[i])).toBeLessThan(1e-6);
    });
    built.dispose();
  });
});

test('images that the strides do not divide are refused by their shape', () => {
  const network = buildBackboneUnet({ backbone: 'resnet18', inputChannels: 1, outputChannels: 1 });
  const x = tf.zeros([1, 64, 72, 1]);
  expect(() => network.forward(x)).toThrow('[1, 64, 72, 1]');
  x.dispose();
  network.dispose();
});

test('decoder channels that do not fit the stages are refused', () => {
  const build = () =>
    buildBackboneUnet({ backbone: 'resnet18', inputChannels: 1, outputChannels: 1, decoderChannels: [64, 32] });
  expect(build).toThrow('The option decoderChannels is [64, 32].');
});
