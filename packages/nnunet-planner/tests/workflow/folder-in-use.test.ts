import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { withFolder } from '@fractura/array-files';
import { planDataset, preprocessDataset } from '../../src/index.js';
import { rawDataset } from '../raw-dataset.js';

test('while somebody works in the data set’s folder, neither plans nor cases are written into it', async () => {
  const folder = await rawDataset('.nii.gz', { pixels: [12, 10] });
  const outputFolder = join(folder, 'preprocessed');
  const plan = () => planDataset({ folder, outputFolder, samples: 1000 });
  const { plans } = await plan();
  const before = await readdir(outputFolder);
  expect(before).not.toContain('.in-use');
  const preprocess = () => preprocessDataset({ folder, outputFolder, plans, configuration: '2d' });
  await withFolder(outputFolder, async () => {
    const refusal = { code: 'folder-in-use', message: expect.stringContaining(`in use by process ${process.pid} on`) };
    await expect(plan()).rejects.toMatchObject(refusal);
    await expect(preprocess()).rejects.toMatchObject(refusal);
  });
  expect(await readdir(outputFolder)).toEqual(before);
  expect(await preprocess()).toBe(join(outputFolder, 'nnUNetPlans_2d'));
  expect(await readdir(outputFolder)).not.toContain('.in-use');
});
