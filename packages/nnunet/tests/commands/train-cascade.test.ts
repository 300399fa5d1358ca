import { cp, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, expect, test } from '@jest/globals';
import type { FoldSplit } from '@fractura/nnunet-format';
import { readUnetCheckpoint } from '@fractura/unet-model';
import { readNifti, readNpy, readNpz, writeNpz } from '@fractura/volume-io';
import { fractura } from '../support/fractura.js';
import { makeTinyVolumes, type TinyVolumes } from '../support/tiny-volumes.js';

let root: string;
let folders: TinyVolumes;
beforeAll(async () => {
  root = await temporaryFolder('fractura-cascade-');
  folders = await makeTinyVolumes(root);
});

const train = (configuration: string, fold: string, ...more: string[]) =>
  fractura(
    ...['train', '922', configuration, fold, '--epochs', '1', '--iterations', '2', '--validation-iterations', '1'],
    ...['--preprocessed', folders.preprocessed, '--results', folders.results, '--engine', 'wasm', '--workers', '1'],
    ...more,
  );
const dataset = () => join(folders.preprocessed, 'Dataset922_Balls');
const model = (configuration: string) =>
  join(folders.results, 'Dataset922_Balls', `nnUNetTrainer_1epoch__nnUNetPlans__${configuration}`);
const predicted = () => join(model('3d_lowres'), 'predicted_next_stage', '3d_cascade_fullres');

test('the second stage asks for the first, and its dry run does not', async () => {
  const { status, errors } = await train('3d_cascade_fullres', '0');
  expect(status).toBe(1);
  expect(errors).toContain(predicted());
  expect(errors).toContain('3d_lowres has not predicted 5 of 5 cases');
  expect(errors).toContain('Train the folds of 3d_lowres first');
  const dry = await train('3d_cascade_fullres', '0', '--dry-run', '--json');
  expect(dry).toMatchObject({ status: 0 });
  expect(JSON.parse(dry.output)).toMatchObject({ trainCases: 4, measured: expect.anything() });
});

test('the first stage’s validation predicts every case on the second’s grid', async () => {
  expect(await train('3d_lowres', '0,1,2,3,4', '--learning-rate', '0.1')).toMatchObject({ status: 0 });
  expect((await readdir(predicted())).sort()).toEqual([0, 1, 2, 3, 4].map((n) => `ball_${n}.npz`));
  const labels = (await readNpz(join(predicted(), 'ball_3.npz'))).get('seg')!;
  const { shape } = await readNpy(join(dataset(), 'nnUNetPlans_3d_fullres', 'ball_3.npy'));
  expect(labels).toMatchObject({ dtype: 'uint8', shape: shape.slice(1) });
  expect(new Set(labels.data as Uint8Array).size).toBeGreaterThan(1);
});

test('the second stage trains, validates, and predicts from the labels of the first', async () => {
  expect(await train('3d_cascade_fullres', '0')).toMatchObject({ status: 0 });
  const folder = join(model('3d_cascade_fullres'), 'fold_0');
  const { weights } = await readUnetCheckpoint(join(folder, 'checkpoint_final.safetensors'));
  // An image channel and two labels.
  expect(weights.get('encoder.stages.0.0.convs.0.conv.weight')!.shape[1]).toBe(3);

  const splits = JSON.parse(await readFile(join(dataset(), 'splits_final.json'), 'utf8')) as FoldSplit[];
  const [id] = splits[0].val;
  const [images, output] = [join(root, 'images'), join(root, 'output')];
  await mkdir(images);
  await cp(join(folders.raw, 'imagesTr', `${id}_0000.nii.gz`), join(images, `${id}_0000.nii.gz`));
  const previous = join(model('3d_lowres'), 'fold_0', 'validation');
  expect(
    await fractura(
      ...['predict', '-i', images, '-o', output, '-m', model('3d_cascade_fullres'), '-f', '0', '--engine', 'wasm'],
      ...['-prev_stage_predictions', previous],
    ),
  ).toMatchObject({ status: 0 });
  const [ours, validated] = await Promise.all(
    [output, join(folder, 'validation')].map((place) => readNifti(join(place, `${id}.nii.gz`))),
  );
  expect(ours.data).toEqual(validated.data);
  expect(new Set(ours.data as Uint8Array).size).toBeGreaterThan(1);
});

test.each([
  ['of another grid', 'labels of 2 x 2 x 2'],
  ['in Blosc2', 'Blosc2 format, which is not read here'],
])('labels of the first stage %s are refused with a remedy', async (kind, words) => {
  const [file, kept] = [join(predicted(), 'ball_0.npz'), join(root, 'kept.npz')];
  await rename(file, kept);
  const blosc = file.replace('.npz', '.b2nd');
  if (kind === 'in Blosc2') {
    await writeFile(blosc, '');
  } else {
    await writeNpz(file, { seg: { data: new Uint8Array(8), shape: [2, 2, 2] } });
  }
  const { status, errors } = await train('3d_cascade_fullres', '1');
  expect(status).toBe(1);
  expect(errors).toContain(words);
  expect(errors).toContain('fractura train DATASET 3d_lowres FOLD --val');
  await rm(blosc, { force: true });
  await rename(kept, file);
});
