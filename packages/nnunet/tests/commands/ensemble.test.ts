import { readdirSync } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { temporaryFolder } from '@fractura/testing';
import { readNifti, readNpz } from '@fractura/volume-io';
import { fractura } from '../support/fractura.js';
import { folderOf, modelOf } from '../support/reference-models.js';

let folder: string;
let inputs: string[];
beforeAll(async () => {
  folder = await temporaryFolder();
  inputs = ['pred_tta', 'pred_no_tta'].map((name) => join(folder, name));
  for (const [i, name] of ['pred_tta', 'pred_no_tta'].entries()) {
    await cp(join(folderOf('resenc'), name), inputs[i], { recursive: true });
    await cp(join(modelOf('resenc'), 'dataset.json'), join(inputs[i], 'dataset.json'));
  }
});

const probabilitiesOf = async (place: string, id: string) =>
  (await readNpz(join(place, `${id}.npz`))).get('probabilities')!.data as Float32Array;

test('real nnU-Net’s probabilities are averaged, and labelled where nnU-Net’s properties say', async () => {
  const output = join(folder, 'ensemble');
  expect(await fractura('ensemble', '-i', ...inputs, '-o', output, '--save_npz')).toMatchObject({ status: 0 });
  const ids = readdirSync(output).flatMap((name) => (name.endsWith('.npz') ? [name.slice(0, -4)] : []));
  expect(ids).toEqual(['t1_plain', 't2_tiles', 't3_spacing', 't4_border']);
  for (const id of ids) {
    const [mean, ...members] = await Promise.all([output, ...inputs].map((place) => probabilitiesOf(place, id)));
    expect(mean).toEqual(mean.map((_, i) => Math.fround(members[0][i] + members[1][i]) / 2));
    const [merged, first] = await Promise.all(
      [output, inputs[0]].map((place) => readNifti(join(place, `${id}.nii.gz`))),
    );
    expect(merged).toMatchObject({ shape: first.shape, spacing: first.spacing });
    const voxels = merged.data.length;
    const largest = (i: number) => [0, 1, 2].reduce((a, b) => (mean[b * voxels + i] > mean[a * voxels + i] ? b : a));
    expect(Array.from(merged.data as Uint8Array)).toEqual(Array.from({ length: voxels }, (_, i) => largest(i)));
  }
});

test('folders of different cases are refused, naming what is missing', async () => {
  const { status, errors } = await fractura(
    'ensemble',
    '-i',
    inputs[0],
    join(folderOf('plain'), 'labelsTs'),
    '-o',
    folder,
  );
  expect(status).toBe(1);
  expect(errors).toContain('labelsTs lacks t1_plain.npz, t2_tiles.npz');
});

test('where a prediction obeyed a threshold, the ensemble obeys the mean of all, and says so', async () => {
  const [first, second] = ['thresholded', 'plain'].map((name) => join(folder, name));
  await cp(inputs[0], first, { recursive: true });
  await cp(inputs[1], second, { recursive: true });
  await writeFile(join(first, 'threshold.json'), '{"threshold": 0.1}');
  const output = join(folder, 'above');
  const words = ['ensemble', '-i', first, second, '-o', output, '--save_npz'];
  const { status, errors } = await fractura(...words);
  expect(status).toBe(0);
  expect(errors).toContain('Foreground is what is above 0.3, the mean of the predictions’ own thresholds.');
  const foregroundOf = async () => {
    const labels = (await readNifti(join(output, 't1_plain.nii.gz'))).data as Uint8Array;
    return Array.from(labels, (label) => label > 0);
  };
  const mean = await probabilitiesOf(output, 't1_plain');
  const foreground = await foregroundOf();
  expect(foreground).toEqual(foreground.map((_, i) => 1 - mean[i] > 0.3));
  expect(await readFile(join(output, 'threshold.json'), 'utf8')).toBe('{"threshold":0.3}\n');
  expect(await fractura(...words, '--threshold', '0.9')).toMatchObject({ status: 0 });
  expect((await foregroundOf()).filter(Boolean).length).toBeLessThan(foreground.filter(Boolean).length);
  await writeFile(join(first, 'threshold.json'), '{"threshold": 7}');
  expect((await fractura(...words)).errors).toMatch(/threshold.json has the threshold 7/);
});
