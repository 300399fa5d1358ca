import { cp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { readNifti } from '@fractura/volume-io';
import { expect, test } from '@jest/globals';
import { convertMsdDataset } from '../../src/index.js';
import { fractura } from '../support/fractura.js';
import { fixtures } from '../support/reference-models.js';

const task = join(fixtures, 'msd/Task05_Tiny');
const expected = join(fixtures, 'msd/expected');

/** A copy of the task that a test may change. */
async function copyOfTask(): Promise<string> {
  const folder = join(await temporaryFolder(), 'Task05_Tiny');
  await cp(task, folder, { recursive: true });
  return folder;
}

test('a task becomes the raw data set that nnU-Net makes of it', async () => {
  const raw = await temporaryFolder();
  const source = await copyOfTask();
  await writeFile(join(source, 'imagesTr/._tiny_00.nii.gz'), 'left by macOS');
  const { status, output, errors } = await fractura(
    'nnUNetv2_convert_MSD_dataset',
    '-i',
    `${source}/`,
    '-np',
    '1',
    '--raw',
    raw,
  );
  const folder = join(raw, 'Dataset005_Tiny');
  expect({ status, output }).toEqual({ status: 0, output: `${folder}\n` });
  expect(errors).toContain('Converting');
  // As every folder that a program makes, readable by all whom the umask lets.
  expect((await stat(folder)).mode).toBe((await stat(join(folder, 'imagesTr'))).mode);
  expect(await readdir(raw)).toEqual(['Dataset005_Tiny']);
  expect(await readFile(join(folder, 'dataset.json'), 'utf8')).toBe(
    `${await readFile(join(expected, 'dataset.json'), 'utf8')}\n`,
  );
  for (const part of ['imagesTr', 'imagesTs', 'labelsTr']) {
    const names = await readdir(join(expected, part));
    expect((await readdir(join(folder, part))).sort()).toEqual(names.sort());
    for (const name of names) {
      const [ours, theirs] = await Promise.all([folder, expected].map((at) => readNifti(join(at, part, name))));
      expect(ours).toMatchObject({ dtype: theirs.dtype, shape: theirs.shape });
      expect(ours.data).toEqual(theirs.data);
      for (const [i, row] of theirs.affine.entries()) {
        for (const [j, value] of row.entries()) {
          expect(ours.affine[i][j]).toBeCloseTo(value, 5);
        }
      }
    }
  }
});

test('a number that is taken is refused, and another can be given', async () => {
  const raw = await temporaryFolder();
  const convert = (...words: string[]) => fractura('convert-MSD-dataset', '-i', task, '--raw', raw, ...words);
  expect(await convert()).toMatchObject({ status: 0 });
  const again = await convert();
  expect(again.status).toBe(1);
  expect(again.errors).toContain('There is a data set 005 already');
  expect(await convert('-overwrite_id', '17')).toMatchObject({ status: 0 });
  expect((await readdir(raw)).sort()).toEqual(['Dataset005_Tiny', 'Dataset017_Tiny']);
});

test.each([
  ['a third channel', { modality: { 0: 'a', 1: 'b', 2: 'c' } }, 'channels-unexpected'],
  ['two labels of one name', { labels: { 0: 'background', 1: 'a', 2: 'a' } }, 'msd-invalid'],
  ['labels of nnU-Net', { labels: { background: 0, a: 1 } }, 'msd-invalid'],
  ['no modality', { modality: undefined }, 'msd-invalid'],
  ['no number of cases', { numTraining: 'two' }, 'msd-invalid'],
])('a task with %s is refused, and nothing is left', async (_, change, code) => {
  const [source, raw] = [await copyOfTask(), await temporaryFolder()];
  const file = join(source, 'dataset.json');
  const description = JSON.parse(await readFile(file, 'utf8')) as object;
  await writeFile(file, JSON.stringify({ ...description, ...change }));
  await expect(convertMsdDataset({ source, folders: { raw } })).rejects.toMatchObject({ code });
  expect(await readdir(raw)).toEqual([]);
});

test.each([-1, 1.5, NaN])('the number %p is refused', async (id) => {
  const converted = convertMsdDataset({ source: task, folders: { raw: await temporaryFolder() }, id });
  await expect(converted).rejects.toMatchObject({ code: 'dataset-number-invalid' });
});
