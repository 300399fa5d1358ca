import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, expect, jest, test } from '@jest/globals';
import { findPreparedEngine, useEngine } from '@fractura/tfjs-engine';
import { type Precision } from '@fractura/tfjs-training';
import * as tf from '@tensorflow/tfjs';
import { plainRecipe, trainClassifier } from '../../src/index.js';
import { toySamples } from '../support/toy-samples.js';

jest.setTimeout(300_000);
const testNative = findPreparedEngine() ? test : test.skip;

let root: string;
beforeAll(async () => {
  if (findPreparedEngine()) {
    await useEngine({ prefer: 'native' });
  }
  root = await temporaryFolder('resnet-precision-');
});

const train = (name: string, precision: Precision) =>
  trainClassifier({
    train: toySamples(4),
    validation: toySamples(4, { first: 40 }),
    classNames: ['without', 'with'],
    precision,
    epochs: 1,
    batchSize: 4,
    recipe: plainRecipe({ schedule: 'constant', augmentation: 'none' }),
    outputDirectory: join(root, name),
  });

testNative('trains in bfloat16 near float32 (needs `fractura engine install`)', async () => {
  const tensors = tf.memory().numTensors;
  const expected = await train('float32', 'float32');
  for (const precision of ['bfloat16'] satisfies Precision[]) {
    const { log, precision: used } = await train(precision, precision);
    expect(used).toBe(precision);
    expect(Math.abs(log[0].trainLoss - expected.log[0].trainLoss)).toBeLessThan(0.1);
  }
  expect(tf.memory().numTensors).toBe(tensors);
  await expect(train('bfloat16', 'float32')).rejects.toMatchObject({ code: 'checkpoint-mismatch' });
});
