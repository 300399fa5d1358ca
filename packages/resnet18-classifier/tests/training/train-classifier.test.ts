import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { loadClassifier, trainClassifier } from '../../src/index.js';
import { checkpointFile, readCheckpoint } from '../../src/training/checkpoint.js';
import { useWasm } from '../support/engine.js';
import { toySamples } from '../support/toy-samples.js';

jest.setTimeout(90_000);

let root: string;
beforeAll(async () => {
  await useWasm();
  root = await mkdtemp(join(tmpdir(), 'resnet-'));
});
afterAll(() => rm(root, { recursive: true }));

test('learns a toy task, and resumes to the weights of an unbroken run', async () => {
  const options = {
    train: toySamples(16),
    validation: toySamples(4, 16),
    classNames: ['without', 'with'],
    epochs: 3,
    batchSize: 8,
    seed: 3,
  };
  const whole = join(root, 'whole');
  const { log, checkpoint } = await trainClassifier({ ...options, outputDirectory: whole });
  expect(log).toHaveLength(3);
  expect(log.at(-1)!.trainLoss).toBeLessThan(log[0].trainLoss);

  const broken = join(root, 'broken');
  const controller = new AbortController();
  const interrupted = trainClassifier({
    ...options,
    outputDirectory: broken,
    signal: controller.signal,
    onProgress: ({ epoch }) => {
      if (epoch === 2) controller.abort();
    },
  });
  await expect(interrupted).rejects.toThrow('aborted');
  await trainClassifier({ ...options, outputDirectory: broken });
  const [a, b] = await Promise.all([whole, broken].map((folder) => readCheckpoint(checkpointFile(folder, 'final'))));
  expect(b.weights).toEqual(a.weights);
  await expect(trainClassifier({ ...options, epochs: 4, outputDirectory: broken })).rejects.toMatchObject({
    code: 'checkpoint-mismatch',
  });

  const classifier = await loadClassifier(checkpoint);
  const predictions = await classifier.predict(options.validation);
  expect(predictions.map(({ id }) => id)).toEqual(options.validation.map(({ id }) => id));
  for (const { probabilities } of predictions) expect(probabilities[0] + probabilities[1]).toBeCloseTo(1, 5);
  classifier.dispose();
});
