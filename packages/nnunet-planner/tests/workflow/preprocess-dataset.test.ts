import { readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { planAndPreprocess, preprocessDataset, readPreprocessedCase } from '../../src/index.js';
import { rawDataset } from '../raw-dataset.js';

async function preprocessed(workers?: number) {
  const folder = await rawDataset('.nii.gz', { pixels: [12, 10] });
  const outputFolder = join(folder, 'preprocessed');
  const { plans } = await planAndPreprocess({ folder, outputFolder, samples: 1000, workers });
  const cases = join(outputFolder, 'nnUNetPlans_2d');
  const again = () => preprocessDataset({ folder, outputFolder, plans, configuration: '2d' });
  return { folder, outputFolder, plans, cases, again };
}

const changeTimes = (folder: string, names: string[]) =>
  Promise.all(names.map(async (name) => (await stat(join(folder, name))).ctimeMs));

test('a run that was killed goes on: what is finished stays, what is not is made, what is left over goes', async () => {
  const { cases, again } = await preprocessed();
  const before = await readFile(join(cases, 'b.npy'));
  const finished = await changeTimes(cases, ['a.npy', 'a_seg.npy', 'a.json']);
  // As a kill between the arrays and the properties of b leaves the folder.
  await rm(join(cases, 'b.json'));
  await writeFile(join(cases, 'b.npy'), 'half an array');
  await writeFile(join(cases, 'c.npy.123456.tmp'), 'half an array');
  await again();
  expect(await changeTimes(cases, ['a.npy', 'a_seg.npy', 'a.json'])).toEqual(finished);
  expect((await readFile(join(cases, 'b.npy'))).equals(before)).toBe(true);
  expect((await readdir(cases)).sort()).toEqual(
    ['a.json', 'a.npy', 'a_seg.npy', 'b.json', 'b.npy', 'b_seg.npy', 'preprocessed-by'].sort(),
  );
});

test('a case whose raw file changed, or any case of other plans, is made again', async () => {
  const { folder, cases, again, plans, outputFolder } = await preprocessed();
  const [a, b] = await changeTimes(cases, ['a.json', 'b.json']);
  await utimes(join(folder, 'labelsTr', 'b.nii.gz'), new Date(), new Date());
  await again();
  const [sameA, newB] = await changeTimes(cases, ['a.json', 'b.json']);
  expect([sameA === a, newB > b]).toEqual([true, true]);
  const other = structuredClone(plans);
  other.configurations['2d'].normalization_schemes = ['NoNormalization'];
  await preprocessDataset({ folder, outputFolder, plans: other, configuration: '2d' });
  expect(Math.max(...(await readPreprocessedCase(cases, 'a')).data)).toBe(232);
});

test('threads give what one thread gives, and their failures keep class and code', async () => {
  const [alone, threaded] = [await preprocessed(1), await preprocessed(2)];
  for (const name of ['a.npy', 'b.npy', 'a_seg.npy', 'b.json']) {
    expect((await readFile(join(threaded.cases, name))).equals(await readFile(join(alone.cases, name)))).toBe(true);
  }
  await writeFile(join(threaded.folder, 'imagesTr', 'b_0000.nii.gz'), 'no volume');
  const { folder, outputFolder, plans } = threaded;
  await expect(
    preprocessDataset({ folder, outputFolder, plans, configuration: '2d', workers: 2 }),
  ).rejects.toMatchObject({ name: 'VolumeIoError', code: 'not-nifti', message: expect.stringContaining('b_0000') });
});

test('an aborted run ends with its reason', async () => {
  const { folder, outputFolder, plans } = await preprocessed();
  const controller = new AbortController();
  controller.abort(new Error('enough'));
  await rm(join(outputFolder, 'nnUNetPlans_2d'), { recursive: true });
  await expect(
    preprocessDataset({ folder, outputFolder, plans, configuration: '2d', workers: 2, signal: controller.signal }),
  ).rejects.toThrow('enough');
});

test('an abort ends the threads that are at work, with its reason', async () => {
  const { folder, outputFolder, plans } = await preprocessed();
  const controller = new AbortController();
  await rm(join(outputFolder, 'nnUNetPlans_2d'), { recursive: true });
  const run = preprocessDataset({
    folder,
    outputFolder,
    plans,
    configuration: '2d',
    workers: 2,
    signal: controller.signal,
  });
  setTimeout(() => {
    controller.abort(new Error('enough'));
  }, 20);
  await expect(run).rejects.toThrow('enough');
});
