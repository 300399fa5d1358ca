import { writeFile } from 'node:fs/promises';
import { useTemporaryFolder } from '@fractura/testing';
import { expect, test } from '@jest/globals';
import { readDatasetJson, readFingerprint, readPlans, readSplits } from '../../src/index.js';
import { readFixture } from '../fixtures.js';

const at = useTemporaryFolder();

test('a byte order mark before dataset.json, plans, splits or fingerprint is passed over', async () => {
  const json = {
    channel_names: { '0': 'X-ray' },
    labels: { background: 0, fracture: 1 },
    numTraining: 1,
    file_ending: '.png',
  };
  const write = (name: string, text: string) => writeFile(at(name), `\uFEFF${text}`);
  await write('dataset.json', JSON.stringify(json));
  await write('plans.json', readFixture('nnUNetPlans.json'));
  await write('splits_final.json', readFixture('splits_final.json'));
  await write('dataset_fingerprint.json', readFixture('fingerprint_default_1e8.json'));
  expect(await readDatasetJson(at('dataset.json'))).toEqual(json);
  expect((await readPlans(at('plans.json'))).plans_name).toBe('nnUNetPlans');
  expect(await readSplits(at('splits_final.json'))).toHaveLength(5);
  expect(await readFingerprint(at('dataset_fingerprint.json'))).toHaveProperty('spacings');
});
