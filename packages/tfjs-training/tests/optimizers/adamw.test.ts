import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { adamw, AveragedWeights, Optimizer, ParameterScope, type ParameterSettings } from '../../src/index.js';
import { useCpu } from '../support/use-cpu.js';

interface Vector {
  initial: number[][];
  settings: ParameterSettings[];
  learningRate: number;
  clipNorm: number;
  decay: number;
  steps: { gradients: number[][]; parameters: number[][]; averages: number[][] }[];
}
const vector = JSON.parse(readFileSync(new URL('../fixtures/adamw.json', import.meta.url), 'utf8')) as Vector;

beforeAll(useCpu);

test("steps with settings by parameter and clipped gradients are torch.optim.AdamW's, and so are the averages", async () => {
  const scope = new ParameterScope(({ name }) => Float32Array.from(vector.initial[Number(name)]));
  scope.parameter('0', 'denseKernel', [2, 2]);
  scope.parameter('1', 'bias', [2]);
  const optimizer = new Optimizer(scope.parameters, adamw(), {
    settingsOf: ({ name }) => vector.settings[Number(name)],
    clipNorm: vector.clipNorm,
  });
  const averaged = new AveragedWeights(scope, { decay: vector.decay });
  const before = tf.memory().numTensors;
  for (const { gradients, parameters, averages } of vector.steps) {
    // The fixture is in PyTorch's layout.
    const given = [tf.tidy(() => tf.transpose(tf.tensor2d(gradients[0], [2, 2]))), tf.tensor1d(gradients[1])];
    optimizer.step(given, vector.learningRate);
    tf.dispose(given);
    averaged.update();
    const found = [...(await averaged.save()).values()].map(({ data }) => data as Float32Array);
    scope.parameters.forEach(({ variable }, i) => {
      const values = tf.tidy(() => (variable.rank === 2 ? tf.transpose(variable) : variable).dataSync<'float32'>());
      expectClose(values, parameters[i]);
      expectClose(found[i], averages[i]);
    });
  }
  averaged.dispose();
  optimizer.dispose();
  expect(tf.memory().numTensors).toBe(before);
  scope.dispose();
});

function expectClose(found: Float32Array, expected: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  found.forEach((value, i) => {
    expect(Math.abs(value - expected[i])).toBeLessThan(3e-6 * Math.max(1, Math.abs(expected[i])));
  });
}
