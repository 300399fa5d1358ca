import { writeFile } from 'node:fs/promises';
import { useTemporaryFolder } from '@fractura/testing';
import { expect, test } from '@jest/globals';
import { datasetName, readDatasetJson, readPlans, readSplits, type Plans } from '../../src/index.js';
import { parseFixture } from '../fixtures.js';

const at = useTemporaryFolder();
const datasetJson = {
  channel_names: { '0': 'X-ray' },
  labels: { background: 0, fracture: 1 },
  numTraining: 1,
  file_ending: '.png',
};

const outside = ['../../x', '/x', 'a/b', 'a\\b', '..', 'C:x', 'a\u0000b', ''];

test.each(outside)('a plans file that names the place %j is refused in every entry', async (name) => {
  const changes: ((plans: Plans) => void)[] = [
    (plans) => (plans.plans_name = name),
    (plans) => (plans.dataset_name = name),
    (plans) => (plans.configurations['2d'].data_identifier = name),
    (plans) => (plans.configurations['2d'].previous_stage = name),
    (plans) => (plans.configurations['2d'].next_stage = ['2d', name]),
    (plans) => (plans.configurations = { [name]: plans.configurations['2d'] }),
  ];
  for (const change of changes) {
    const plans = parseFixture('nnUNetPlans.json') as Plans;
    change(plans);
    await writeFile(at('plans.json'), JSON.stringify(plans));
    await expect(readPlans(at('plans.json'))).rejects.toMatchObject({
      code: 'unsafe-name',
      message: expect.stringContaining('plans.json'),
    });
  }
});

test.each(outside)('a case called %j in dataset.json or in splits is refused', async (name) => {
  const dataset = { [name]: { images: ['a_0000.png'], label: 'a.png' } };
  await writeFile(at('dataset.json'), JSON.stringify({ ...datasetJson, dataset }));
  await expect(readDatasetJson(at('dataset.json'))).rejects.toMatchObject({ code: 'unsafe-name' });
  for (const split of [
    { train: [name], val: ['b'] },
    { train: ['a'], val: [name] },
  ]) {
    await writeFile(at('splits_final.json'), JSON.stringify([split]));
    await expect(readSplits(at('splits_final.json'))).rejects.toMatchObject({ code: 'unsafe-name' });
  }
});

test.each(['.a/../../x', '.\\x', '..', '.a\u0000'])('the file_ending %j is refused', async (file_ending) => {
  await writeFile(at('dataset.json'), JSON.stringify({ ...datasetJson, file_ending }));
  await expect(readDatasetJson(at('dataset.json'))).rejects.toMatchObject({
    code: 'unsafe-name',
    message: expect.stringContaining('file_ending'),
  });
});

test('a data set whose name leads to another folder is refused', async () => {
  await expect(datasetName('Dataset1/../../x', [])).rejects.toMatchObject({ code: 'unsafe-name' });
});
