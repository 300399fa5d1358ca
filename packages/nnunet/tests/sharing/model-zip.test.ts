import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { encodeZip, listZip, openByteRanges } from '@fractura/array-files';
import { temporaryFolder } from '@fractura/testing';
import { readTorchFile } from '@fractura/torch-weights';
import { expect, test } from '@jest/globals';
import { useEngine } from '@fractura/tfjs-engine';
import { convertCheckpoint, installModelFromZip } from '../../src/index.js';
import { fractura } from '../support/fractura.js';
import { modelOf } from '../support/reference-models.js';

const dataset = 'Dataset005_Tiny';
const model = basename(modelOf('plain'));
const [trainer, plans, configuration] = model.split('__');
const named = ['-tr', trainer, '-p', plans, '-c', configuration];

/** A folder of results with the tiny model of nnU-Net, and what else a training leaves. */
async function resultsWithModel(): Promise<string> {
  const results = await temporaryFolder('results-');
  const folder = join(results, dataset, model);
  await cp(modelOf('plain'), folder, { recursive: true });
  await mkdir(join(folder, 'fold_0/validation'));
  await writeFile(join(folder, 'fold_0/validation/summary.json'), '{}');
  await writeFile(join(folder, 'fold_0/validation/case.nii.gz'), 'labels');
  await writeFile(join(folder, 'fold_0/validation/case.npz'), 'probabilities');
  await writeFile(join(folder, 'fold_0/debug.json'), '');
  await writeFile(join(folder, 'cutoff.json'), JSON.stringify({ threshold: 0.3 }));
  return results;
}

const exported = (results: string, zip: string, ...more: string[]) =>
  fractura('nnUNetv2_export_model_to_zip', '-d', '5', '-o', zip, ...named, '--results', results, ...more);

async function memberNames(zip: string): Promise<string[]> {
  const source = await openByteRanges(zip);
  try {
    return (await listZip(source)).map(({ name }) => name);
  } finally {
    await source.close();
  }
}

test('a model goes into a zip of nnU-Net’s layout and comes back as it was', async () => {
  const results = await resultsWithModel();
  const zip = join(await temporaryFolder(), 'model.zip');
  expect(await exported(results, zip, '-f', '0')).toMatchObject({ status: 0, output: `${zip}\n` });
  const inFold = ['debug.json', 'checkpoint_final.pth', 'validation/summary.json'].map((name) => `fold_0/${name}`);
  const described = ['plans.json', 'dataset_fingerprint.json', 'dataset.json', 'cutoff.json'];
  expect(await memberNames(zip)).toEqual([...inFold, ...described].map((name) => `${dataset}/${model}/${name}`));

  const elsewhere = await temporaryFolder('results-');
  const installed = await fractura('install_pretrained_model_from_zip', zip, '--results', elsewhere, '--json');
  expect(JSON.parse(installed.output)).toEqual({ models: [join(elsewhere, dataset, model)] });
  for (const name of ['fold_0/checkpoint_final.pth', 'fold_0/debug.json', 'plans.json', 'cutoff.json']) {
    const [before, after] = [results, elsewhere].map((folder) => readFile(join(folder, dataset, model, name)));
    expect((await after).equals(await before)).toBe(true);
  }
  expect(await readdir(elsewhere)).toEqual([dataset]);
  expect(await readdir(dirname(zip))).toEqual(['model.zip']);
});

test('our checkpoints become nnU-Net’s in the zip', async () => {
  const results = await resultsWithModel();
  const fold = join(results, dataset, model, 'fold_0');
  await useEngine();
  const original = join(fold, 'checkpoint_final.pth');
  await convertCheckpoint({ input: original, output: join(fold, 'checkpoint_best.safetensors') });
  const zip = join(await temporaryFolder(), 'model.zip');
  expect(await exported(results, zip, '-f', '0', '-chk', 'checkpoint_best.pth')).toMatchObject({ status: 0 });
  const elsewhere = await temporaryFolder('results-');
  await installModelFromZip({ zip, results: elsewhere });
  const checkpoint = (await readTorchFile(join(elsewhere, dataset, model, 'fold_0/checkpoint_best.pth'))) as Map<
    string,
    unknown
  >;
  const before = (await readTorchFile(original)) as Map<string, unknown>;
  expect(checkpoint.get('network_weights')).toEqual(before.get('network_weights'));
  expect(checkpoint.get('trainer_name')).toBe(trainer);
});

test('--exp_cv_preds takes the labels of validation, without probabilities', async () => {
  const results = await resultsWithModel();
  const zip = join(await temporaryFolder(), 'model.zip');
  expect(await exported(results, zip, '-f', '0', '--exp_cv_preds')).toMatchObject({ status: 0 });
  const validated = (await memberNames(zip)).filter((name) => name.includes('validation'));
  expect(validated.map((name) => basename(name))).toEqual(['case.nii.gz', 'summary.json']);
});

test.each([
  [['-f', '0', '1'], /fold_1 does not exist/],
  [['-f', '0', '-chk', 'checkpoint_best.pth'], /fold_0 has no checkpoint_best.pth/],
  [['-f', '0', '-c', '2d', '3d_fullres'], /3d_fullres has no plans.json/],
  [['-f', '0', '-tr', '../x'], /leads to another folder/],
  [['-f', '7', '--not_strict'], /has no trained model of 2d/],
])('an export with %j is refused', async (words, says) => {
  const zip = join(await temporaryFolder(), 'model.zip');
  const { status, errors } = await exported(await resultsWithModel(), zip, ...words);
  expect(status).toBe(1);
  expect(errors).toMatch(says);
  expect(existsSync(zip)).toBe(false);
});

test('--not_strict leaves out the folds and configurations that are missing', async () => {
  const zip = join(await temporaryFolder(), 'model.zip');
  const results = await resultsWithModel();
  const words = ['--not_strict', '-c', '2d', '3d_fullres'];
  expect(await exported(results, zip, ...words)).toMatchObject({ status: 0 });
  expect((await memberNames(zip)).filter((name) => name.includes('fold_1'))).toEqual([]);
});

const place = `${dataset}/${model}`;

test.each([
  ['a path that leads out', [`${place}/plans.json`, '../x'], 'unsafe-name'],
  ['an absolute path', [`${place}/plans.json`, '/tmp/x'], 'unsafe-name'],
  ['a path with backslashes that leads out', [`${place}/plans.json`, 'Dataset005_Tiny\\..\\..\\x'], 'unsafe-name'],
  ['a drive letter', [`${place}/plans.json`, 'C:\\x'], 'unsafe-name'],
  ['a NUL', [`${place}/plans.json`, `${place}/a\0b`], 'unsafe-name'],
  ['a file outside of a data set', [`${place}/plans.json`, 'README.md'], 'zip-not-model'],
  ['a name in two cases of letters', [`${place}/plans.json`, `${place}/PLANS.json`], 'zip-not-model'],
  ['no model', [`${dataset}/notes.txt`], 'zip-not-model'],
  ['nothing', [], 'zip-not-model'],
])('a zip with %s is refused, and nothing is written', async (_, names, code) => {
  const folder = await temporaryFolder();
  const zip = join(folder, 'model.zip');
  const members = names.map((name) => ({ name, bytes: Buffer.from('{}') }));
  await writeFile(zip, Buffer.concat([...encodeZip(members)]));
  const installed = installModelFromZip({ zip, results: join(folder, 'results') });
  await expect(installed).rejects.toMatchObject({ code });
  expect(await readdir(folder)).toEqual(['model.zip']);
});

test('a link in the folder of results is not followed out of it', async () => {
  const folder = await temporaryFolder();
  const zip = join(folder, 'model.zip');
  await writeFile(zip, Buffer.concat([...encodeZip([{ name: `${place}/plans.json`, bytes: Buffer.from('{}') }])]));
  await mkdir(join(folder, 'results'));
  await mkdir(join(folder, 'outside'));
  await symlink(join(folder, 'outside'), join(folder, 'results', dataset));
  const installed = installModelFromZip({ zip, results: join(folder, 'results') });
  await expect(installed).rejects.toMatchObject({ code: 'unsafe-name' });
  expect(await readdir(join(folder, 'outside'))).toEqual([]);
});

test('a model that is there is kept, and replaced with --overwrite', async () => {
  const folder = await temporaryFolder();
  const zip = join(folder, 'model.zip');
  const macOs = [`__MACOSX/${place}/._plans.json`, `${place}/.DS_Store`];
  const members = [`${place}/plans.json`, ...macOs].map((name) => ({ name, bytes: Buffer.from('new') }));
  await writeFile(zip, Buffer.concat([...encodeZip(members)]));
  const results = join(folder, 'results');
  const file = join(results, dataset, model, 'plans.json');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, 'old');
  const kept = await fractura('install-pretrained-model-from-zip', zip, '--results', results);
  expect(kept.status).toBe(1);
  expect(kept.errors).toMatch(/plans.json is there already/);
  expect(await readFile(file, 'utf8')).toBe('old');
  const replaced = await fractura('install-pretrained-model-from-zip', zip, '--results', results, '--overwrite');
  expect(replaced).toMatchObject({ status: 0 });
  expect(await readFile(file, 'utf8')).toBe('new');
  expect(await readdir(dirname(file))).toEqual(['plans.json']);
});
