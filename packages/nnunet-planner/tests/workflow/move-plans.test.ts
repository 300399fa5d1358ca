import { basename, join } from 'node:path';
import { readPlans } from '@fractura/nnunet-format';
import { temporaryFolder } from '@fractura/testing';
import { expect, test } from '@jest/globals';
import { movePlans, planDataset } from '../../src/index.js';
import { rawDataset } from '../raw-dataset.js';

async function planned() {
  const folder = await rawDataset('.png', { pixels: [12, 10] });
  const source = join(await temporaryFolder('preprocessed-'), 'Dataset007_Source');
  const { plans } = await planDataset({ folder, outputFolder: source, samples: 1000 });
  const targetRaw = await rawDataset('.nii.gz');
  const target = join(await temporaryFolder('preprocessed-'), 'Dataset008_Target');
  return { plans, source, targetRaw, target };
}

test('plans that are moved name the other data set and its reader; all else stays', async () => {
  const { plans, ...folders } = await planned();
  const moved = await movePlans({ ...folders, sourcePlans: 'nnUNetPlans' });
  expect(moved.plans).toEqual({
    ...plans,
    dataset_name: basename(folders.targetRaw),
    image_reader_writer: 'SimpleITKIO',
  });
  expect(await readPlans(join(folders.target, 'nnUNetPlans.json'))).toEqual(moved.plans);
});

test('under another name the folders of cases get it too', async () => {
  const { source, targetRaw, target } = await planned();
  const options = { source, targetRaw, target, sourcePlans: 'nnUNetPlans', targetPlans: 'nnUNetPlans_pretrain' };
  const { plans, plansFile } = await movePlans(options);
  expect(plansFile).toBe(join(target, 'nnUNetPlans_pretrain.json'));
  expect([plans.plans_name, plans.configurations['2d'].data_identifier]).toEqual([
    'nnUNetPlans_pretrain',
    'nnUNetPlans_pretrain_2d',
  ]);
});

test('names that lead elsewhere, and plans that are not there, are refused', async () => {
  const { source, targetRaw, target } = await planned();
  const folders = { source, targetRaw, target };
  await expect(movePlans({ ...folders, sourcePlans: '../x' })).rejects.toMatchObject({ code: 'unsafe-name' });
  await expect(movePlans({ ...folders, sourcePlans: 'mine' })).rejects.toMatchObject({ code: 'plans-missing' });
  await expect(movePlans({ source, targetRaw, target: source, sourcePlans: 'nnUNetPlans' })).rejects.toMatchObject({
    code: 'output-is-input',
  });
});
