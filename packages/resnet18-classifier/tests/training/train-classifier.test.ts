import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, expect, jest, test } from '@jest/globals';
import { useEngine } from '@fractura/tfjs-engine';
import { checkpointFile } from '@fractura/tfjs-training/checkpoints';
import * as tf from '@tensorflow/tfjs';
import { loadClassifier, plainRecipe, trainClassifier } from '../../src/index.js';
import { readClassifierCheckpoint } from '../../src/training/checkpoint.js';
import { toySamples } from '../support/toy-samples.js';

jest.setTimeout(300_000);

const classNames = ['without', 'with'];
let root: string;
beforeAll(async () => {
  await useEngine({ prefer: 'wasm' });
  root = await temporaryFolder('resnet-');
});

test('learns a toy task and predicts images that it has not seen', async () => {
  const tensors = tf.memory().numTensors;
  const { checkpoint, log, bestEpoch } = await trainClassifier({
    train: toySamples(40),
    validation: toySamples(10, { first: 40 }),
    classNames,
    epochs: 2,
    batchSize: 20,
    recipe: plainRecipe({ schedule: 'constant', augmentation: 'none' }),
    outputDirectory: join(root, 'toy'),
  });
  expect(log.map(({ epoch }) => epoch)).toEqual([0, 1]);
  expect(log[bestEpoch].validationLoss).toBe(Math.min(...log.map(({ validationLoss }) => validationLoss)));

  const classifier = await loadClassifier(checkpoint);
  const unseen = toySamples(20, { first: 50 });
  const predictions = await classifier.predict(unseen, { batchSize: 10 });
  const explanations = await classifier.explain(unseen.slice(0, 3));
  classifier.dispose();
  for (const [n, { id, probabilities, classIndex, heatmap }] of explanations.entries()) {
    expect(id).toBe(predictions[n].id);
    expect(probabilities[classIndex]).toBeCloseTo(Math.max(...predictions[n].probabilities), 4);
    expect(heatmap).toHaveLength(32 * 32);
    expect(heatmap.every((value) => value >= 0 && value <= 1)).toBe(true);
  }
  expect(predictions.map(({ id }) => id)).toEqual(unseen.map(({ id }) => id));
  for (const { probabilities } of predictions) {
    expect(probabilities[0] + probabilities[1]).toBeCloseTo(1, 5);
  }
  const right = unseen.filter(({ label }, n) => predictions[n].probabilities[label] > 0.5);
  expect(right.length / unseen.length).toBeGreaterThan(0.9);
  expect(tf.memory().numTensors).toBe(tensors);
});

/** Weights of a finished training, byte by byte. */
async function finalWeights(folder: string): Promise<Record<string, Buffer>> {
  const { weights } = await readClassifierCheckpoint(checkpointFile(folder, 'final'));
  return Object.fromEntries(
    [...weights].map(([name, { data }]) => [name, Buffer.from(data.buffer, data.byteOffset, data.byteLength)]),
  );
}

test('goes on after an interruption to the weights of an unbroken run, and gives a finished one back at once', async () => {
  const options = {
    train: toySamples(4, { size: 16 }),
    validation: toySamples(2, { first: 8, size: 16 }),
    classNames,
    epochs: 2,
    batchSize: 4,
    seed: 3,
  };
  const whole = join(root, 'whole');
  const unbroken = await trainClassifier({ ...options, outputDirectory: whole });

  const broken = join(root, 'broken');
  const controller = new AbortController();
  const interrupted = trainClassifier({
    ...options,
    outputDirectory: broken,
    signal: controller.signal,
    onProgress: ({ epoch }) => {
      if (epoch === 1) {
        controller.abort();
      }
    },
  });
  await expect(interrupted).rejects.toThrow('aborted');
  const { log, bestEpoch } = await trainClassifier({ ...options, outputDirectory: broken });
  const withoutTimes = (entries: typeof log) => entries.map((entry) => ({ ...entry, seconds: 0 }));
  expect(withoutTimes(log)).toEqual(withoutTimes(unbroken.log));
  expect(bestEpoch).toBe(unbroken.bestEpoch);
  const [a, b] = await Promise.all([finalWeights(whole), finalWeights(broken)]);
  expect(Object.keys(b)).toEqual(Object.keys(a));
  expect(Object.keys(a).filter((name) => !a[name].equals(b[name]))).toEqual([]);

  const unreadable = options.train.map((sample) => ({ ...sample, image: () => Promise.reject(new Error('was read')) }));
  const again = await trainClassifier({ ...options, train: unreadable, outputDirectory: broken });
  expect(again.log).toEqual(log);
  await expect(trainClassifier({ ...options, epochs: 4, outputDirectory: broken })).rejects.toMatchObject({
    code: 'checkpoint-mismatch',
  });
});
