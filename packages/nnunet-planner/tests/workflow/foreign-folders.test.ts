import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { expect, test } from '@jest/globals';
import { planDataset, preprocessDataset } from '../../src/index.js';
import { rawDataset } from '../raw-dataset.js';

async function planned() {
  const folder = await rawDataset('.nii.gz', { pixels: [12, 10] });
  const outputFolder = join(await temporaryFolder('preprocessed-'), 'Dataset007_Test');
  const { plans } = await planDataset({ folder, outputFolder, samples: 1000 });
  const preprocess = (identifier = 'nnUNetPlans_2d') => {
    plans.configurations['2d'].data_identifier = identifier;
    return preprocessDataset({ folder, outputFolder, plans, configuration: '2d' });
  };
  return { outputFolder, preprocess };
}

test('a data_identifier that leads out of the folder is refused, and nothing there is touched', async () => {
  const { outputFolder, preprocess } = await planned();
  const precious = join(outputFolder, '..', 'precious');
  await mkdir(precious);
  await writeFile(join(precious, 'work.txt'), 'of years');
  for (const identifier of ['../precious', precious, '..', '.', '']) {
    await expect(preprocess(identifier)).rejects.toMatchObject({ code: 'unsafe-name' });
  }
  await symlink(precious, join(outputFolder, 'linked'));
  await expect(preprocess('linked')).rejects.toMatchObject({ code: 'unsafe-name' });
  expect(await readdir(precious)).toEqual(['work.txt']);
});

test.each(['a.b2nd', 'a.pkl', 'a.npz', 'a.npy', 'notes.txt'])(
  'a folder without our mark that holds %s is refused and left as it is',
  async (name) => {
    const { outputFolder, preprocess } = await planned();
    const cases = join(outputFolder, 'nnUNetPlans_2d');
    await mkdir(cases);
    await writeFile(join(cases, name), 'of nnU-Net');
    await expect(preprocess()).rejects.toMatchObject({
      code: 'folder-foreign',
      message: expect.stringContaining(name),
    });
    expect(await readdir(cases)).toEqual([name]);
  },
);

test('in a folder of ours, files and folders of others stop the run; hidden files stay', async () => {
  const { preprocess } = await planned();
  const cases = await preprocess();
  await writeFile(join(cases, '._a.npy'), 'of macOS');
  await preprocess();
  expect(await readdir(cases)).toContain('._a.npy');
  await mkdir(join(cases, 'results'));
  await expect(preprocess()).rejects.toMatchObject({ code: 'folder-foreign' });
  expect(await readdir(cases)).toContain('results');
});
