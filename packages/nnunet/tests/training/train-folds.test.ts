import { readdirSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { channelFileName, readSplits } from '@fractura/nnunet-format';
import { readPreprocessedCase } from '@fractura/nnunet-planner';
import { readImage, writeImage } from '@fractura/radiograph';
import { temporaryFolder } from '@fractura/testing';
import { useEngine } from '@fractura/tfjs-engine';
import { nnunetRecipe, readUnetCheckpoint, trainFold } from '@fractura/unet-model';
import {
  evaluateFolder,
  type FoldProgress,
  loadModel,
  openTraining,
  predictFolder,
  type TrainedFold,
  trainFolds,
  type Training,
  validateFolds,
} from '../../src/index.js';
import { makeTinyDataset } from '../support/tiny-dataset.js';

const settings = {
  iterations: 2,
  validationIterations: 1,
  batchSize: 3,
  learningRate: 0.02,
  momentum: 0.9,
  augmentation: 'light',
  seed: 7,
  precision: 'float32',
  workers: 0,
} as const;
let root: string;
let training: Training;
let trained: TrainedFold;
const progress: FoldProgress[] = [];

beforeAll(async () => {
  root = await temporaryFolder();
  const { preprocessed, results } = await makeTinyDataset(root);
  await useEngine({ prefer: 'wasm' });
  training = await openTraining({ preprocessed, results, dataset: '921', configuration: '2d', epochs: 2 });
  [trained] = await trainFolds({
    ...settings,
    training,
    folds: [1],
    mirroring: false,
    onProgress: (state) => progress.push(state),
  });
});
const checkpoint = (folder: string) => readUnetCheckpoint(join(folder, 'checkpoint_final.safetensors'));

test('leaves a model folder as nnU-Net’s and says how far it is', () => {
  expect(training.modelFolder).toBe(join(root, 'results/Dataset921_Disks/nnUNetTrainer_2epochs__nnUNetPlans__2d'));
  const files = ['dataset.json', 'dataset_fingerprint.json', 'fold_1', 'plans.json'];
  expect(readdirSync(training.modelFolder).sort()).toEqual(files);
  expect(trained).toMatchObject({ fold: 1, folder: join(training.modelFolder, 'fold_1'), epochs: 2 });
  expect(trained.log.train_losses).toHaveLength(2);
  expect(progress.at(-1)).toMatchObject({ fold: 1, done: 2000, total: 2000, note: 'validating case 2 of 2' });
});

test('its settings are those of trainFold, bit for bit, and are recorded in the checkpoint', async () => {
  const splits = await readSplits(join(training.dataset, 'splits_final.json'));
  const ids = [...splits[1].train, ...splits[1].val];
  const outputDirectory = join(root, 'alone');
  const { iterations: iterationsPerEpoch, learningRate, momentum, augmentation, ...others } = settings;
  await trainFold({
    ...others,
    recipe: nnunetRecipe({ learningRate, momentum, augmentation }),
    iterationsPerEpoch,
    plans: training.plans,
    configuration: '2d',
    datasetJson: training.datasetJson,
    cases: await Promise.all(ids.map((id) => readPreprocessedCase(training.cases, id))),
    split: splits[1],
    fold: 1,
    epochs: 2,
    inferenceMirroring: false,
    outputDirectory,
  });
  const [ours, alone] = [await checkpoint(trained.folder), await checkpoint(outputDirectory)];
  expect(ours.weights).toEqual(alone.weights);
  expect(ours.record.init_args).toMatchObject({
    fold: 1,
    epochs: 2,
    iterationsPerEpoch,
    validationIterations: 1,
    batchSize: 3,
    recipe: { name: 'nnunet', settings: { learningRate: 0.02, momentum: 0.9, augmentation: 'light' } },
    seed: 7,
    inference_allowed_mirroring_axes: null,
  });
});

test('predicting its validation images gives the labels and the summary of its validation', async () => {
  const [val] = [(await readSplits(join(training.dataset, 'splits_final.json')))[1].val];
  const [images, output] = [join(root, 'images'), join(root, 'output')];
  await mkdir(images);
  for (const id of val) {
    const name = channelFileName(id, 0, '.png');
    const { data, shape } = await readImage(join(root, 'raw/Dataset921_Disks/imagesTr', name));
    await writeImage(join(images, name), { data, shape });
  }
  const model = await loadModel({ folder: training.modelFolder });
  expect(model.folds).toEqual([1]);
  expect(await predictFolder({ model, input: images, output })).toEqual(val);
  model.dispose();
  for (const id of val) {
    const [ours, validated] = [output, join(trained.folder, 'validation')].map((place) => join(place, `${id}.png`));
    expect(await readFile(ours)).toEqual(await readFile(validated));
  }
  const references = join(training.dataset, 'gt_segmentations');
  const { summary } = await evaluateFolder({ references, predictions: output, allowMissing: true });
  expect(summary.foreground_mean.Dice).toBe(trained.validationDice);
});

test('a finished fold is not trained again, and can be validated alone', async () => {
  const notes: string[] = [];
  const before = await checkpoint(trained.folder);
  const [again] = await trainFolds({
    ...settings,
    training,
    folds: [1],
    mirroring: false,
    validate: false,
    note: (line) => notes.push(line),
  });
  expect(notes).toEqual([`Fold 1 is finished in ${trained.folder}.`]);
  expect(again).toMatchObject({ epochs: 2, validationDice: null });
  expect((await checkpoint(trained.folder)).weights).toEqual(before.weights);
  const [validated] = await validateFolds({ training, folds: [1] });
  expect(validated).toEqual({ fold: 1, folder: trained.folder, validationDice: trained.validationDice });
});

test('other settings than the folder’s are refused with the error of the training itself', async () => {
  await expect(trainFolds({ ...settings, training, folds: [1], seed: 8 })).rejects.toMatchObject({
    code: 'checkpoint-mismatch',
  });
});

test('a fold that is not trained cannot be validated', async () => {
  await expect(validateFolds({ training, folds: [0] })).rejects.toMatchObject({ code: 'checkpoint-missing' });
});
