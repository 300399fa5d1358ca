import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadState } from '@fractura/tfjs-training';
import * as tf from '@tensorflow/tfjs';
import { predictLogits, type Unet } from '../../src/index.js';
import { useWasm } from '../support/engine.js';
import { largestDifference } from '../support/layout.js';
import { readNpy } from '../support/npy.js';
import { readNetworkVector } from '../support/reference-network.js';

interface Run {
  name: string;
  input: string;
  mirroring: boolean;
  gaussian: boolean;
  step: number;
}

const folder = new URL('../fixtures/inference/', import.meta.url);
const { runs } = JSON.parse(readFileSync(new URL('inference.json', folder), 'utf8')) as { runs: Run[] };
// The list names more runs than were given: the others are kept for acceptance.
const given = runs.filter(({ input }) => existsSync(new URL(input, folder)));
for (const { name } of runs.filter((run) => !given.includes(run))) {
  process.stderr.write(`Not checked, its vector was not given: ${name}\n`);
}
const patchSize = [16, 24];

describe('the sliding window of the reference', () => {
  let network: Unet;
  beforeAll(async () => {
    await useWasm();
    network = readNetworkVector('plain2d').build();
  });
  afterAll(() => {
    network.dispose();
  });

  test.each(given.map((run) => [run.name, run] as const))('%s', async (name, { input, mirroring, gaussian, step }) => {
    const { data, shape } = readNpy(new URL(input, folder));
    const tensors = tf.memory().numTensors;
    const { logits } = await predictLogits({
      networks: [network],
      data,
      shape: shape.length === 4 ? shape : [1, ...shape],
      patchSize,
      gaussian,
      stepSize: step,
      mirrorAxes: mirroring ? undefined : [],
    });
    const expected = readNpy(new URL(`${name}.logits_float64acc.npy`, folder));
    expect(largestDifference(logits, expected.data)).toBeLessThan(1e-4);
    expect(tf.memory().numTensors).toBe(tensors);
  });

  test('an image smaller than the window is predicted as if padded with zeros, more behind than in front', async () => {
    const [height, width] = [9, 30];
    const data = Float32Array.from({ length: height * width }, (_, i) => Math.sin(0.7 * i));
    const { logits: small } = await predictLogits({
      networks: [network],
      data,
      shape: [1, 1, height, width],
      patchSize,
    });
    const padded = new Float32Array(16 * width);
    padded.set(data, 3 * width);
    const { logits: whole } = await predictLogits({
      networks: [network],
      data: padded,
      shape: [1, 1, 16, width],
      patchSize,
    });
    const cropped = [0, 1].flatMap((c) => [...whole.subarray((c * 16 + 3) * width, (c * 16 + 3 + height) * width)]);
    expect(largestDifference(small, cropped)).toBeLessThan(1e-6);
  });

  test('averages the logits of folds', async () => {
    const { vector, tensors } = readNetworkVector('plain2d');
    const second = readNetworkVector('plain2d').build();
    const weakened = [...tensors('weights')].map(
      ([name, { shape, data }]) => [name, { shape, data: data.map((value) => 0.9 * value) }] as const,
    );
    loadState(second, new Map(weakened));
    const { data, shape } = readNpy(new URL('sw_1x20x40.input.npy', folder));
    const options = { data, shape, patchSize };
    const [first, other, both] = await Promise.all(
      [[network], [second], [network, second]].map((networks) =>
        predictLogits({ ...options, networks }).then(({ logits }) => logits),
      ),
    );
    expect(
      largestDifference(
        both,
        first.map((value, i) => (value + other[i]) / 2),
      ),
    ).toBeLessThan(1e-5);
    expect(vector.num_classes * 20 * 40).toBe(both.length);
    second.dispose();
  });
});
