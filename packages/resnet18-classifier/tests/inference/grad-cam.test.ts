import { readFileSync } from 'node:fs';
import { beforeAll, expect, jest, test } from '@jest/globals';
import { composed, differentiate, infer } from '@fractura/tfjs-training';
import { useEngine } from '@fractura/tfjs-engine';
import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor4D } from '@tensorflow/tfjs';
import { buildEfficientnetLite, buildResnet, loadWeights } from '@fractura/backbones';
import { formulaInput, formulaWeights } from '@fractura/testing';
import { gradCam, type ExplanationMethod } from '../../src/inference/grad-cam.js';

jest.setTimeout(30_000);
beforeAll(() => useEngine({ prefer: 'wasm' }));

test('the maps are those of the definition: features weighted by the mean gradients of the logit', () => {
  const network = buildResnet({ inputChannels: 3, classes: 2, seed: 20240229 });
  const images = tf.randomUniform<tf.Rank.R4>([2, 97, 65, 3], -2, 2, 'float32', 7);
  const features = tf.variable(infer(() => network.lastFeatures(images)) as Tensor4D);
  const largest = [0, 1].map((classIndex) => {
    const { maps, logits } = gradCam(network, images, { classIndex });
    expect(maps.shape).toEqual([2, 97, 65]);
    expect(tf.max(tf.abs(tf.sub(logits, network.forward(images)))).arraySync()).toBeLessThan(1e-4);

    const { gradients } = differentiate(
      () =>
        composed([network.classify(features)], (scores) =>
          tf.sum(tf.mul(scores, [classIndex === 0 ? 1 : 0, classIndex])),
        ) as Scalar,
      [features],
    );
    const alpha = tf.mean(gradients[0]!, [1, 2], true);
    const cam = tf.relu(tf.sum(tf.mul(features, alpha), 3, true)) as Tensor4D;
    const expected = tf.reshape(tf.image.resizeBilinear(cam, [97, 65], false, true), [2, 97, 65]);
    const most = tf.max(expected).arraySync() as number;
    expect(tf.max(tf.abs(tf.sub(maps, expected))).arraySync()).toBeLessThanOrEqual(1e-4 * most);
    return most;
  });
  expect(Math.max(...largest)).toBeGreaterThan(0);
});

interface GradCamVector {
  seed: number;
  input: { shape: [number, number, number, number]; k: number };
  maps: { stride: number; classIndex: number; method: ExplanationMethod; largest: number[]; every8th: number[][] }[];
}
const vector = JSON.parse(
  readFileSync(new URL('../fixtures/grad_cam_resnet18.json', import.meta.url), 'utf8'),
) as GradCamVector;

test("Grad-CAM and Grad-CAM++ of an inner and of the last stage are those that PyTorch's gradients give", () => {
  const { seed, input, maps: expected } = vector;
  const network = buildResnet({ inputChannels: 3, classes: 2 });
  const state = network.state.map((entry) => [entry.name, 'count' in entry ? [] : entry.torchShape] as const);
  loadWeights(network, formulaWeights(state, seed));
  const { data, shape } = formulaInput(input.shape, input.k, seed);
  const images = tf.tensor4d(data, shape);
  // The first pass keeps the folded kernels, which end with the network.
  infer(() => network.forward(images)).dispose();
  const tensors = tf.memory().numTensors;
  for (const { stride, classIndex, method, largest, every8th } of expected) {
    const { maps, logits } = gradCam(network, images, { classIndex, method, stride });
    const values = maps.arraySync() as number[][][];
    values.forEach((map, n) => {
      const sampled = map.filter((_, y) => y % 8 === 0).flatMap((row) => row.filter((_, x) => x % 8 === 0));
      sampled.forEach((value, i) => {
        expect(Math.abs(value - every8th[n][i])).toBeLessThanOrEqual(2e-3 * largest[n] + 1e-7);
      });
    });
    tf.dispose([maps, logits]);
  }
  expect(tf.memory().numTensors).toBe(tensors);
  images.dispose();
  network.dispose();
});

test('a network with a convolution in its head is explained from its last stage, too', () => {
  const network = buildEfficientnetLite({ inputChannels: 1, classes: 2, seed: 3 });
  const images = tf.randomUniform<tf.Rank.R4>([1, 64, 64, 1], -2, 2, 'float32', 5);
  const { maps, logits } = gradCam(network, images, { classIndex: 0, stride: 32 });
  expect(maps.shape).toEqual([1, 64, 64]);
  expect(tf.max(tf.abs(tf.sub(logits, network.forward(images)))).arraySync()).toBeLessThan(1e-4);
  network.dispose();
});
