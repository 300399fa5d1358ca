import { readdirSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, expect, test } from '@jest/globals';
import { generateSplits } from '@fractura/nnunet-format';
import { readImage } from '@fractura/radiograph';
import { readUnetCheckpoint } from '@fractura/unet-model';
import { fractura } from '../support/fractura.js';
import { makeTinyDataset } from '../support/tiny-dataset.js';

let root: string;
let preprocessed: string;
let results: string;
beforeAll(async () => {
  root = await temporaryFolder('fractura-train-');
  ({ preprocessed, results } = await makeTinyDataset(root));
});

const train = (fold: string, ...more: string[]) =>
  fractura(
    ...['train', '921', '2d', fold, '--preprocessed', preprocessed, '--results', results, '--engine', 'wasm'],
    ...['--iterations', '2', '--validation-iterations', '1', '--workers', '1'],
    ...more,
  );
const model = (name: string) => join(results, 'Dataset921_Disks', `${name}__nnUNetPlans__2d`);

test('trains and validates a fold in nnU-Net’s folders, and called again trains nothing', async () => {
  const first = await train('0', '--epochs', '2', '--npz');
  expect(first).toMatchObject({ status: 0 });
  const folder = model('nnUNetTrainer_2epochs');
  expect(first.output).toContain(`${join(folder, 'fold_0')}: mean validation Dice`);
  expect(readdirSync(folder).sort()).toEqual(['dataset.json', 'dataset_fingerprint.json', 'fold_0', 'plans.json']);
  const files = readdirSync(join(folder, 'fold_0')).sort();
  expect(files.filter((name) => !name.startsWith('training_log_'))).toEqual([
    ...['checkpoint_best.json', 'checkpoint_best.safetensors', 'checkpoint_final.json', 'checkpoint_final.safetensors'],
    ...['debug.json', 'progress.png', 'validation'],
  ]);

  const splitsFile = join(preprocessed, 'Dataset921_Disks', 'splits_final.json');
  const splits = JSON.parse(await readFile(splitsFile, 'utf8')) as ReturnType<typeof generateSplits>;
  expect(splits).toEqual(generateSplits(Array.from({ length: 10 }, (_, n) => `disk_${n}`)));
  const validation = splits[0].val.flatMap((id) => [`${id}.npz`, `${id}.pkl`, `${id}.png`]);
  expect(readdirSync(join(folder, 'fold_0', 'validation')).sort()).toEqual([...validation, 'summary.json']);
  const predicted = await readImage(join(folder, 'fold_0', 'validation', validation[2]));
  expect(predicted.shape).toEqual([32, 32]);

  const log = files.find((name) => name.startsWith('training_log_'))!;
  expect(log).toMatch(/^training_log_\d{4}_\d{1,2}_\d{1,2}_\d\d_\d\d_\d\d\.txt$/);
  const text = await readFile(join(folder, 'fold_0', log), 'utf8');
  for (const line of [
    ...['Epoch 0', 'Current learning rate: 0.01', 'Epoch 1', 'Current learning rate: 0.00536', 'Yayy! New best EMA'],
    ...['This split has 8 training and 2 validation cases.', 'Training done.', 'Mean Validation Dice:'],
  ]) {
    expect(text).toContain(line);
  }
  expect(text).toMatch(/train_loss -?\d+\.\d{1,4}\n.*val_loss -?\d+\.\d{1,4}\n.*Pseudo dice \[/);

  const before = await readUnetCheckpoint(join(folder, 'fold_0', 'checkpoint_final.safetensors'));
  const again = await train('0', '--epochs', '2', '-c');
  expect(again.errors).toContain('Fold 0 is finished in');
  expect((await readUnetCheckpoint(join(folder, 'fold_0', 'checkpoint_final.safetensors'))).weights).toEqual(
    before.weights,
  );
});

test.each(['checkpoint_final.safetensors', 'checkpoint_final.pth'])(
  'another number of epochs lies in another folder, and can begin with the weights of %s',
  async (name) => {
    const trained = join(model('nnUNetTrainer_2epochs'), 'fold_0');
    const given = join(trained, name);
    if (name.endsWith('.pth')) {
      expect(await fractura('weights', 'convert', join(trained, 'checkpoint_final.safetensors'), given)).toMatchObject({
        status: 0,
      });
    }
    const folder = join(model('nnUNetTrainer_1epoch'), 'fold_0');
    await rm(folder, { recursive: true, force: true });
    // A rate at which nothing moves shows what the training began with.
    const { status } = await train(
      ...(['0', '-tr', 'nnUNetTrainer_1epoch', '-pretrained_weights', given, '--learning-rate', '1e-20'] as const),
    );
    expect(status).toBe(0);
    const { record, weights } = await readUnetCheckpoint(join(folder, 'checkpoint_final.safetensors'));
    // Real nnU-Net knows few numbers of epochs, and loads by this name.
    expect(record.trainer_name).toBe('nnUNetTrainer');
    expect(record.init_args.epochs).toBe(1);
    const before = await readUnetCheckpoint(join(trained, 'checkpoint_final.safetensors'));
    const body = (tensors: typeof weights) => [...tensors].filter(([name]) => !name.includes('seg_layers'));
    expect(body(weights)).toEqual(body(before.weights));
    expect(weights).not.toEqual(before.weights);
  },
);

test('trains folds in processes; one that fails is named and does not lose the others', async () => {
  const file = join(preprocessed, 'Dataset921_Disks', 'splits_final.json');
  const splits = JSON.parse(await readFile(file, 'utf8')) as { train: string[]; val: string[] }[];
  await writeFile(file, JSON.stringify(splits.map((split, i) => (i === 1 ? { ...split, val: ['absent'] } : split))));
  const { status, errors } = await train('1,2,3', '--epochs', '1', '--folds-in-parallel', '2');
  expect(status).toBe(1);
  expect(errors).toContain('Fold 1 failed');
  expect(errors).toContain('absent');
  expect(errors).toContain('2 of 3 folds done');
  for (const fold of [2, 3]) {
    expect(readdirSync(join(model('nnUNetTrainer_1epoch'), `fold_${fold}`, 'validation'))).toContain('summary.json');
  }
});

test('a dry run tells memory and time and writes no results', async () => {
  const { status, output } = await train('0', '--epochs', '7', '--dry-run', '--json');
  expect(status).toBe(0);
  expect(JSON.parse(output)).toMatchObject({ trainCases: 8, validationCases: 2, epochs: 7, batchSize: 2 });
  expect(readdirSync(join(results, 'Dataset921_Disks')).join()).not.toContain('7epochs');
  expect((await train('0', '--dry-run')).output).toMatch(/Time: 1000 epochs of 2 iterations take about/);
});

test.each([
  [['x'], 2, 'is not a fold'],
  [['0,0'], 2, 'twice'],
  [['0', '--epochs', '0'], 2, '--epochs is 0'],
  [['0', '-c', '--val'], 2, 'exclude'],
  [['0', '--c', '-pretrained_weights', 'w.pth'], 2, 'exclude'],
  [['0', '-num_gpus', '2'], 2, 'one GPU'],
  [['0', '--disable_checkpointing'], 2, 'refused'],
  [['0', '-device', 'mps'], 2, 'mps'],
  [['0', '--val'], 1, 'not finished'],
  [['0', '-tr', 'nnUNetTrainerDA5'], 1, 'The trainer nnUNetTrainerDA5 is not available'],
  [['0', '-tr', 'nnUNetTrainer_5epochs', '--epochs', '4'], 1, 'but 4 epochs were asked for'],
  [['0', '-p', 'absentPlans'], 1, 'absentPlans'],
  [['0', '-pretrained_weights', 'absent.pth'], 1, 'absent.pth'],
] as const)('%j ends with status %d and says why', async ([fold, ...more], status, words) => {
  const result = await train(fold, ...more);
  expect(result).toMatchObject({ status, errors: expect.stringContaining(words) });
});
