import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { checkpointFile } from '@fractura/tfjs-training/checkpoints';
import * as tf from '@tensorflow/tfjs';
import {
  nnunetRecipe,
  readUnetCheckpoint,
  trainFold,
  type TrainFoldOptions,
  type TrainingProgress,
} from '../../src/index.js';
import { useWasm } from '../support/engine.js';
import { toyCases, toyDatasetJson, toyPlans } from '../support/toy-dataset.js';

let root: string;
let run = 0;
let options: TrainFoldOptions;

beforeAll(async () => {
  await useWasm();
  root = await temporaryFolder('unet-model-');
});

beforeEach(() => {
  options = {
    plans: toyPlans,
    configuration: '2d',
    datasetJson: toyDatasetJson,
    cases: toyCases(5),
    split: { train: ['toy_0', 'toy_1', 'toy_2', 'toy_3'], val: ['toy_4'] },
    outputDirectory: join(root, `run_${run++}`),
    epochs: 2,
    iterationsPerEpoch: 3,
    validationIterations: 1,
    recipe: nnunetRecipe({ augmentation: 'light' }),
    workers: 0,
    seed: 7,
  };
});

/** A file's bytes; the weights of two runs are compared without the times in their records. */
const weights = async (folder: string) => {
  const { weights: tensors, optimizer } = await readUnetCheckpoint(checkpointFile(folder, 'final'));
  return [...tensors, ...optimizer];
};

describe('trainFold', () => {
  test('learns, logs every epoch as nnU-Net does and leaves a final and a best checkpoint', async () => {
    const seen: TrainingProgress[] = [];
    const tensors = tf.memory().numTensors;
    const { log, epochs, bestEma } = await trainFold({
      ...options,
      epochs: 4,
      iterationsPerEpoch: 6,
      recipe: nnunetRecipe({ augmentation: 'light', momentum: 0.9 }),
      onProgress: (progress) => seen.push(progress),
    });
    expect(epochs).toBe(4);
    expect(log.train_losses.at(-1)!).toBeLessThan(log.train_losses[0] - 0.2);
    expect(log.lrs).toEqual([0, 1, 2, 3].map((epoch) => 0.01 * (1 - epoch / 4) ** 0.9));
    expect(Object.values(log).map((list: unknown[]) => list.length)).toEqual(Array(8).fill(4));
    expect(bestEma).toBe(Math.max(...log.ema_fg_dice.filter((value) => !Number.isNaN(value))));
    expect(seen.filter(({ phase }) => phase === 'train')).toHaveLength(24);
    expect(seen.at(-1)).toMatchObject({ epoch: 3, phase: 'validate', iteration: 1, iterations: 1, secondsLeft: 0 });
    expect((await readdir(options.outputDirectory)).sort()).toEqual([
      'checkpoint_best.json',
      'checkpoint_best.safetensors',
      'checkpoint_final.json',
      'checkpoint_final.safetensors',
    ]);
    const record = JSON.parse(
      await readFile(join(options.outputDirectory, 'checkpoint_final.json'), 'utf8'),
    ) as unknown;
    expect(record).toMatchObject({
      trainer_name: 'nnUNetTrainer',
      state: { epoch: 4 },
      init_args: { configuration: '2d', fold: 0 },
    });
    expect(tf.memory().numTensors).toBe(tensors);
  });

  test('segments a case it has not seen after a short training', async () => {
    const { log, bestEma } = await trainFold({
      ...options,
      epochs: 8,
      iterationsPerEpoch: 20,
      validationIterations: 4,
      recipe: nnunetRecipe({ augmentation: 'light', momentum: 0.9 }),
    });
    expect(log.mean_fg_dice.at(-1)!).toBeGreaterThan(0.95);
    expect(bestEma).toBeGreaterThan(0.9);
  });

  test('called again when everything is done, trains nothing and gives the same log', async () => {
    const first = await trainFold(options);
    const before = await weights(options.outputDirectory);
    let steps = 0;
    const again = await trainFold({ ...options, onProgress: () => steps++ });
    expect(steps).toBe(0);
    expect(again.epochs).toBe(2);
    expect(again.log).toEqual(first.log);
    expect(await weights(options.outputDirectory)).toEqual(before);
  });

  test('gives the same weights twice, and others with another seed', async () => {
    await trainFold(options);
    const again = { ...options, outputDirectory: `${options.outputDirectory}_again` };
    await trainFold(again);
    const other = { ...options, outputDirectory: `${options.outputDirectory}_other`, seed: 8 };
    await trainFold(other);
    expect(await weights(again.outputDirectory)).toEqual(await weights(options.outputDirectory));
    expect(await weights(other.outputDirectory)).not.toEqual(await weights(options.outputDirectory));
  });

  test('interrupted in mid-epoch and called again, ends with the weights of an unbroken run', async () => {
    await trainFold(options);
    const broken = { ...options, outputDirectory: `${options.outputDirectory}_broken` };
    const controller = new AbortController();
    const interrupted = trainFold({
      ...broken,
      signal: controller.signal,
      onProgress: ({ epoch, iteration }) => {
        if (epoch === 1 && iteration === 2) {
          controller.abort();
        }
      },
    });
    await expect(interrupted).rejects.toThrow('aborted');
    expect((await readUnetCheckpoint(checkpointFile(broken.outputDirectory, 'latest'))).record.state).toMatchObject({
      epoch: 1,
      iteration: 2,
    });
    const { log } = await trainFold(broken);
    expect(log.train_losses).toHaveLength(2);
    expect(await weights(broken.outputDirectory)).toEqual(await weights(options.outputDirectory));
  });

  test.each([
    ['in an epoch', { phase: 'train', iteration: 3 }],
    ['in a validation', { phase: 'validate', iteration: 2 }],
  ] as const)('dead without warning %s, goes on from a checkpoint within the epoch', async (_, fatal) => {
    const longer = { ...options, validationIterations: 2, epochs: 1, checkpointSeconds: 0 };
    await trainFold(longer);
    const broken = { ...longer, outputDirectory: `${options.outputDirectory}_broken` };
    const death = trainFold({
      ...broken,
      onProgress: ({ phase, iteration }) => {
        if (phase === fatal.phase && iteration === fatal.iteration) {
          throw new Error('struck by lightning');
        }
      },
    });
    await expect(death).rejects.toThrow('struck by lightning');
    const { iteration } = (await readUnetCheckpoint(checkpointFile(broken.outputDirectory, 'latest'))).record.state;
    expect(iteration).toBe(fatal.phase === 'train' ? 2 : 3);
    await trainFold(broken);
    expect(await weights(broken.outputDirectory)).toEqual(await weights(options.outputDirectory));
  });

  test('stops early after so many epochs without a better Dice, and only if asked', async () => {
    // Without learning the Dice wavers with the patches alone.
    const still = {
      ...options,
      recipe: nnunetRecipe({ augmentation: 'light', learningRate: 1e-9 }),
      epochs: 12,
      iterationsPerEpoch: 1,
    };
    const { log, epochs } = await trainFold({ ...still, patience: 1 });
    const best = Math.max(...log.ema_fg_dice.filter((value) => !Number.isNaN(value)));
    expect(epochs).toBeLessThan(12);
    expect(epochs - 1 - log.ema_fg_dice.indexOf(best)).toBe(1);
  });

  test('with all augmentation in threads gives the weights of a training without threads', async () => {
    await trainFold({ ...options, recipe: nnunetRecipe() });
    const threaded = { ...options, outputDirectory: `${options.outputDirectory}_threaded` };
    const best: boolean[] = [];
    await trainFold({
      ...threaded,
      recipe: nnunetRecipe(),
      workers: 2,
      onEpoch: (epoch) => void best.push(epoch.best),
    });
    expect(await weights(threaded.outputDirectory)).toEqual(await weights(options.outputDirectory));
    expect(best).toHaveLength(2);
    expect(best[0]).toBe(true);
  });

  test('clears what a killed training left of a checkpoint', async () => {
    await mkdir(options.outputDirectory);
    await writeFile(join(options.outputDirectory, 'checkpoint_latest.safetensors.0a1b2c3d4e5f.tmp'), 'half');
    await trainFold({ ...options, epochs: 1 });
    expect((await readdir(options.outputDirectory)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('keeps the number of tensors and buffers flat over 200 iterations', async () => {
    const counts: string[] = [];
    const count = () => {
      const { numTensors, numDataBuffers } = tf.memory();
      counts.push(`${numTensors} tensors, ${numDataBuffers} buffers`);
    };
    await trainFold({ ...options, iterationsPerEpoch: 100, onProgress: count });
    expect(counts).toHaveLength(202);
    expect(new Set(counts.slice(1)).size).toBe(1);
  });

  test('refuses to go on from a training with other arguments', async () => {
    await trainFold({ ...options, epochs: 1 });
    await expect(trainFold(options)).rejects.toMatchObject({ code: 'checkpoint-mismatch' });
  });

  test('names a case that was not given', async () => {
    const split = { train: ['toy_0', 'absent'], val: ['toy_1'] };
    await expect(trainFold({ ...options, split })).rejects.toMatchObject({
      code: 'case-missing',
      message: expect.stringContaining('absent'),
    });
  });
});

describe('a training with fewer epochs', () => {
  const constantRate = () => ({ ...nnunetRecipe({ augmentation: 'light' }), learningRate: () => 0.01 });

  test('is continued in another folder as if it had had more epochs from the start', async () => {
    const recipe = constantRate();
    const earlier = options.outputDirectory;
    await trainFold({ ...options, recipe });
    const [continued, whole] = [`${earlier}_continued`, `${earlier}_whole`];
    const { log } = await trainFold({
      ...options,
      recipe,
      epochs: 4,
      outputDirectory: continued,
      continueFrom: earlier,
    });
    await trainFold({ ...options, recipe, epochs: 4, outputDirectory: whole });
    expect(log.train_losses).toHaveLength(4);
    expect(await weights(continued)).toEqual(await weights(whole));
  });

  test('is refused where nothing is left to do, nothing is there, or it was another training', async () => {
    const earlier = options.outputDirectory;
    await trainFold(options);
    const later = { ...options, outputDirectory: `${earlier}_continued`, continueFrom: earlier };
    await expect(trainFold(later)).rejects.toMatchObject({ code: 'nothing-to-continue' });
    await expect(trainFold({ ...later, epochs: 4, continueFrom: `${earlier}_absent` })).rejects.toMatchObject({
      code: 'nothing-to-continue',
    });
    await expect(trainFold({ ...later, epochs: 4, seed: 8 })).rejects.toThrow('seed');
  });
});
