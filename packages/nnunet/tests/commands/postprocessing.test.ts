import { readdirSync } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { readImage } from '@fractura/radiograph';
import { temporaryFolder } from '@fractura/testing';
import { PythonReference, PythonTuple, readPickle, writePickle } from '@fractura/torch-weights';
import { fractura } from '../support/fractura.js';
import { fixtures } from '../support/reference-models.js';

const evaluation = join(fixtures, 'evaluation');
let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
});

test('is determined as by nnU-Net, byte for byte, and applied from its pickle', async () => {
  const predictions = join(folder, 'predictions');
  await cp(join(evaluation, 'images/pred'), predictions, { recursive: true });
  const dataset = join(folder, 'dataset.json');
  const json = { channel_names: { '0': 'x' }, labels: { background: 0, a: 1, b: 2 }, numTraining: 5 };
  await writeFile(dataset, JSON.stringify({ ...json, file_ending: '.png' }));
  const references = join(evaluation, 'images/gt');
  const options = ['-i', predictions, '-ref', references, '-dataset_json', dataset];
  expect(await fractura('determine_postprocessing', ...options)).toMatchObject({ status: 0 });
  expect(await readFile(join(predictions, 'postprocessing.json'), 'utf8')).toBe(
    await readFile(join(evaluation, 'postprocessing.json'), 'utf8'),
  );
  const output = join(folder, 'postprocessed');
  const pickle = join(predictions, 'postprocessing.pkl');
  const apply = ['-i', predictions, '-o', output, '-pp_pkl_file', pickle, '-dataset_json', dataset];
  expect(await fractura('apply_postprocessing', ...apply)).toMatchObject({ status: 0 });
  const names = readdirSync(output).filter((file) => file.endsWith('.png'));
  expect(names).toHaveLength(5);
  for (const name of names) {
    expect(await readFile(join(output, name))).toEqual(await readFile(join(predictions, 'postprocessed', name)));
    const [ours, theirs] = await Promise.all(
      [output, join(evaluation, 'postprocessed')].map((place) => readImage(join(place, name))),
    );
    expect(ours).toEqual(theirs);
  }
});

test('a pickle that names another function than nnU-Net’s is refused by that name', async () => {
  const file = join(folder, 'postprocessing.pkl');
  await writePickle(file, PythonTuple.over([[new PythonReference('builtins.print')], [new Map([['x', 1]])]]));
  await expect(readPickle(file)).rejects.toMatchObject({ code: 'constructor-refused' });
  const apply = ['apply-postprocessing', '-i', folder, '-pp_pkl_file', file, '-o'];
  const { status, errors } = await fractura(...apply, join(folder, 'postprocessed'));
  expect(status).toBe(1);
  expect(errors).toContain('builtins.print');
  expect((await fractura(...apply, folder)).errors).toContain('is not written: it is read, too');
});
