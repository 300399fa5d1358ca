import { readdirSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, expect, test } from '@jest/globals';
import { readUnetCheckpoint } from '@fractura/unet-model';
import { fractura } from '../support/fractura.js';
import { makeTinyDataset } from '../support/tiny-dataset.js';

let root: string;
let folders: readonly string[];
let fold: string;

beforeAll(async () => {
  root = await temporaryFolder('fractura-stop-');
  const { preprocessed, results } = await makeTinyDataset(root);
  folders = ['--preprocessed', preprocessed, '--results', results];
  fold = join(results, 'Dataset921_Disks', 'nnUNetTrainer_3epochs__nnUNetPlans__2d', 'fold_0');
});

const train = (...more: string[]) =>
  fractura(
    ...['train', '921', '2d', '0', ...folders, '--engine', 'wasm', '--workers', '0', '--epochs', '3'],
    ...['--iterations', '1', '--validation-iterations', '1', ...more],
  );
const epochs = async () => (await readUnetCheckpoint(join(fold, 'checkpoint_final.safetensors'))).record.state.epoch;

test('a stop file ends a training after the epoch under way, validated; the same command again trains no further', async () => {
  const stop = join(root, 'stop');
  await writeFile(stop, '');
  expect(await train('--stop-file', stop)).toMatchObject({ status: 0 });
  expect(await epochs()).toBe(1);
  expect(readdirSync(fold)).not.toContain('checkpoint_latest.json');
  expect(readdirSync(join(fold, 'validation'))).toContain('summary.json');
  const log = readdirSync(fold).find((name) => name.startsWith('training_log_'))!;
  expect(await readFile(join(fold, log), 'utf8')).toContain('Stopped after 1 of 3 epochs.');
  await rm(stop);
  const again = await train('--stop-file', stop);
  expect(again).toMatchObject({ status: 0, errors: expect.stringContaining(`Fold 0 is finished in ${fold}.`) });
  expect(await epochs()).toBe(1);
});
