import { mkdir, writeFile } from 'node:fs/promises';
import { useTemporaryFolder } from '@fractura/testing';
import { expect, test } from '@jest/globals';
import { jobsOfCommand } from '../../src/jobs/jobs-of-command.js';

const path = useTemporaryFolder('fractura-jobs-');

async function preprocessed(folds?: number): Promise<string> {
  const folder = path('preprocessed/Dataset921_Disks');
  await mkdir(folder, { recursive: true });
  if (folds !== undefined) {
    const splits = Array.from({ length: folds }, () => ({ train: ['a'], val: ['b'] }));
    await writeFile(path('preprocessed/Dataset921_Disks/splits_final.json'), JSON.stringify(splits));
  }
  return path('preprocessed');
}

const words = (text: string) => text.split(' ');
const dealt = async (text: string, environment: Record<string, string> = {}) =>
  (await jobsOfCommand(words(text), environment))?.map((job) => `${job.stage} ${job.words.join(' ')}`);

test('all folds of a training become jobs, and the comparison follows with the trainer’s and the plans’ names', async () => {
  const environment = { nnUNet_preprocessed: await preprocessed() };
  expect(await dealt('train 921 2d all-folds --epochs 50 -p otherPlans --results /r', environment)).toEqual([
    ...[0, 1, 2, 3, 4].map((fold) => `0 train 921 2d ${fold} --epochs 50 -p otherPlans --results /r`),
    '1 find-best-configuration 921 -c 2d -tr nnUNetTrainer_50epochs -p otherPlans --results /r -f 0 1 2 3 4',
  ]);
});

test('all folds are those of the data set’s own splits', async () => {
  const folder = await preprocessed(3);
  expect(await dealt(`train 921 2d all-folds --recipe small-lesions --preprocessed ${folder}`)).toEqual([
    ...[0, 1, 2].map((fold) => `0 train 921 2d ${fold} --recipe small-lesions --preprocessed ${folder}`),
    `1 find-best-configuration 921 -c 2d -tr SmallLesionsTrainer -p nnUNetPlans --preprocessed ${folder} -f 0 1 2`,
  ]);
});

test('named folds become jobs without a comparison; one fold stays one job', async () => {
  expect(await dealt('train 921 2d 1,3 -tr nnUNetTrainer')).toEqual([
    '0 train 921 2d 1 -tr nnUNetTrainer',
    '0 train 921 2d 3 -tr nnUNetTrainer',
  ]);
  expect(await dealt('train 921 2d 1')).toBeUndefined();
  expect(await dealt('evaluate a b')).toBeUndefined();
});

test('the parts of a prediction become jobs, in nnU-Net’s spelling too', async () => {
  const prediction = 'nnUNetv2_predict -i in -o out -d 921 -c 2d -num_parts 2';
  expect(await dealt(prediction)).toEqual([`0 ${prediction} --part-id 0`, `0 ${prediction} --part-id 1`]);
  expect(await dealt('predict -i in -o out -d 921 -c 2d')).toBeUndefined();
  await expect(dealt(`${prediction} -part_id 1`)).rejects.toThrow('-part_id names one part');
});

test('what the command refuses is refused before anything is submitted', async () => {
  await expect(dealt('train 921 2d 0,0')).rejects.toThrow('named twice');
  await expect(dealt('train 921 2d 0,1 --epochs no')).rejects.toThrow('--epochs');
  await expect(dealt('train 921 2d all-folds')).rejects.toThrow('nnUNet_preprocessed is not known');
});
