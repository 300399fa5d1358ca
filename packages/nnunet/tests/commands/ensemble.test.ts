import { readdirSync } from 'node:fs';
import { cp } from 'node:fs/promises';
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
