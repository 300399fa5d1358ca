import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { useEngine } from '@fractura/tfjs-engine';
import { nnunetRecipe, readUnetCheckpoint } from '@fractura/unet-model';
import { beforeAll, expect, test } from '@jest/globals';
import {
  chooseModelCutoff,
  loadModel,
  openTraining,
  readFoldPredictions,
  thresholds,
  trainFolds,
  type Training,
} from '../../src/index.js';
import { makeTinyDataset } from '../support/tiny-dataset.js';

const settings = {
  iterations: 2,
  validationIterations: 1,
  batchSize: 2,
  seed: 7,
  precision: 'float32',
  workers: 0,
  mirroring: false,
  smallLesions: { encoder: 'plan' },
} as const;
let root: string;
let open: (epochs: number) => Promise<Training>;

beforeAll(async () => {
  root = await temporaryFolder();
  const { preprocessed, results } = await makeTinyDataset(root);
  await useEngine({ prefer: 'wasm' });
  open = (epochs) =>
    openTraining({
      preprocessed,
      results,
      dataset: '921',
      configuration: '2d',
      trainer: 'SmallLesionsTrainer',
      epochs,
    });
});

test('folds leave predictions by which a cut-off is chosen, which the model then has', async () => {
  const training = await open(1);
  const folds = [0, 1] as const;
  const trained = await trainFolds({ ...settings, training, folds: [...folds] });
  expect(training.modelFolder).toContain('SmallLesionsTrainer_1epoch__nnUNetPlans__2d');
  const told = await readFoldPredictions(join(trained[0].folder, 'validation'));
  for (const { reference, predicted, overlap, largest, presence } of Object.values(told)) {
    expect(reference).toBeGreaterThan(0);
    expect(predicted).toHaveLength(thresholds.length);
    expect(overlap.every((voxels, t) => voxels <= Math.min(reference, predicted[t]))).toBe(true);
    expect(largest).toBeLessThanOrEqual(1);
    // The plan's network has no head for it.
    expect(presence).toBeUndefined();
  }
  const cutoff = (await chooseModelCutoff({ modelFolder: training.modelFolder, folds: [...folds] }))!;
  expect(cutoff.cases[0]).toBeGreaterThanOrEqual(2);
  const model = await loadModel({ folder: training.modelFolder, folds: [...folds] });
  expect(model.threshold).toBe(cutoff.threshold);
  model.dispose();
});

test('a stop file ends the training after the epoch under way, and it stays ended', async () => {
  const training = await open(3);
  const stopFile = join(root, 'stop');
  await writeFile(stopFile, '');
  const [stopped] = await trainFolds({ ...settings, training, folds: [2], stopFile });
  expect(stopped.epochs).toBe(1);
  expect(existsSync(join(stopped.folder, 'checkpoint_latest.safetensors'))).toBe(false);
  const [again] = await trainFolds({ ...settings, training, folds: [2] });
  expect(again.epochs).toBe(1);
});

test('a recipe of one’s own trains folds in this process, and their checkpoints name it', async () => {
  const training = await open(2);
  const recipe = { ...nnunetRecipe({ learningRate: 0.02 }), name: 'mine' };
  const [trained] = await trainFolds({ ...settings, training, folds: [3], recipe });
  const { record } = await readUnetCheckpoint(join(trained.folder, 'checkpoint_final.safetensors'));
  expect(record.init_args.recipe).toMatchObject({ name: 'mine', settings: { learningRate: 0.02 } });
});
