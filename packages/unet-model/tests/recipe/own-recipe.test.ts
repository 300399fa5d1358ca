import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { composed } from '@fractura/tfjs-training';
import { checkpointFile } from '@fractura/tfjs-training/checkpoints';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openBatchSource } from '../../src/batches/batch-source.js';
import {
  nnunetRecipe,
  readUnetCheckpoint,
  trainFold,
  type ModuleMethod,
  type Recipe,
  type TrainFoldOptions,
} from '../../src/index.js';
import { readLabels } from '@fractura/nnunet-format';
import { useWasm } from '../support/engine.js';
import { toyCases, toyDatasetJson, toyPlans } from '../support/toy-dataset.js';

const url = new URL('../support/module-batches.mjs', import.meta.url).href;
const cornerBatches = (factor: number): ModuleMethod => ({ kind: 'module', url, settings: { factor } });

/** nnU-Net's recipe with cross-entropy alone, at the highest resolution alone, on batches of a module. */
function ownRecipe(factor = 1): Recipe {
  const base = nnunetRecipe({ momentum: 0.9 });
  return {
    ...base,
    name: 'own',
    settings: { ...base.settings, factor },
    trainingBatches: cornerBatches(factor),
    loss: ({ logits: [logits] }, { targets: [{ hot }] }) =>
      composed([logits], (z) => tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(z), hot), -1)))) as tf.Scalar,
  };
}

let root: string;
let run = 0;
let options: TrainFoldOptions;

beforeAll(async () => {
  await useWasm();
  root = await temporaryFolder('unet-own-recipe-');
});

beforeEach(() => {
  run += 1;
  options = {
    plans: toyPlans,
    configuration: '2d',
    datasetJson: toyDatasetJson,
    cases: toyCases(4),
    split: { train: ['toy_0', 'toy_1', 'toy_2'], val: ['toy_3'] },
    outputDirectory: join(root, `run_${run}`),
    epochs: 2,
    iterationsPerEpoch: 6,
    validationIterations: 1,
    recipe: ownRecipe(),
    workers: 0,
    seed: 1,
  };
});

const finalOf = (folder: string) => readUnetCheckpoint(checkpointFile(folder, 'final'));

describe('a recipe of one’s own, nnU-Net’s with another loss and a module’s batches', () => {
  test('trains by its loss, and the checkpoint names it', async () => {
    const { log } = await trainFold(options);
    // Cross-entropy of two classes begins near log 2; nnU-Net's loss would subtract the Dice.
    expect(log.train_losses[0]).toBeGreaterThan(0.2);
    expect(log.train_losses[1]).toBeLessThan(log.train_losses[0]);
    const { record } = await finalOf(options.outputDirectory);
    expect(record.init_args.recipe).toMatchObject({ name: 'own', settings: { factor: 1, momentum: 0.9 } });
    // Nobody knows what a module mirrors.
    expect(record.init_args.inference_allowed_mirroring_axes).toBeNull();
  });

  test('gives the same digits with threads, which import the module, as without', async () => {
    const threaded = { ...options, outputDirectory: `${options.outputDirectory}_threaded`, workers: 2 };
    await trainFold(options);
    await trainFold(threaded);
    const [alone, inThreads] = await Promise.all([options, threaded].map((each) => finalOf(each.outputDirectory)));
    expect(inThreads.weights).toEqual(alone.weights);
    expect(inThreads.optimizer).toEqual(alone.optimizer);
  });

  test('is not gone on with by other settings', async () => {
    await trainFold({ ...options, epochs: 1 });
    await expect(trainFold({ ...options, epochs: 1, recipe: ownRecipe(0.5) })).rejects.toMatchObject({
      code: 'checkpoint-mismatch',
      message: expect.stringContaining('recipe.settings.factor 1; now it is 0.5') as unknown,
    });
  });
});

test('a module gets the cases, the sizes and its settings', async () => {
  const make = await openBatchSource({
    cases: toyCases(2),
    labels: readLabels(toyDatasetJson),
    batchSize: 2,
    patchSize: [16, 16],
    scales: [
      [1, 1],
      [0.5, 0.5],
    ],
    seed: 0,
    method: cornerBatches(0.5),
  });
  const { image, imageShape, levels } = make(1);
  expect(imageShape).toEqual([2, 16, 16, 1]);
  expect(levels.map(({ shape }) => shape)).toEqual([
    [2, 16, 16],
    [2, 8, 8],
  ]);
  expect(image[17]).toBe(toyCases(2)[1].data[19]);
  expect(image[256 + 17]).toBe(image[17] / 2);
});

test.each([
  ['that is not there', new URL('./absent.mjs', import.meta.url).href, 'cannot be imported'],
  [
    'without a default export of a function',
    new URL('../support/not-a-batch-module.mjs', import.meta.url).href,
    'has no default export that makes batches.',
  ],
])('a module %s is refused by its URL before a thread is asked', async (_, broken, message) => {
  const recipe = { ...ownRecipe(), trainingBatches: { kind: 'module', url: broken } satisfies ModuleMethod };
  await expect(trainFold({ ...options, recipe, workers: 1 })).rejects.toMatchObject({
    code: 'batch-module-invalid',
    message: expect.stringMatching(new RegExp(`^${broken.replace(/[.?]/g, '\\$&')} ${message}`)) as unknown,
  });
});
