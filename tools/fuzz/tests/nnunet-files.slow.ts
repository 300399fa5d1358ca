import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  readArchitecture,
  readDatasetJson,
  readFingerprint,
  readLabels,
  readPlans,
  readSplits,
  readSummary,
  resolveConfiguration,
} from '@fractura/nnunet-format';
import { parsePythonJson } from '@fractura/python-compat';
import { temporaryFolder } from '@fractura/testing';
import { expect, test } from '@jest/globals';
import { fuzz, mutateJsonText } from '../src/index.js';

const fixtures = new URL('../../../packages/nnunet-format/tests/fixtures/', import.meta.url);
const fixture = (name: string): unknown => parsePythonJson(readFileSync(new URL(name, fixtures), 'utf8'));

const datasetJson = {
  channel_names: { '0': 'X-ray', '1': 'CT' },
  labels: { background: 0, bone: [1, 2], fracture: 2, ignore: 3 },
  regions_class_order: [1, 2],
  numTraining: 3,
  file_ending: '.nii.gz',
  dataset: { a: { images: ['a_0000.nii.gz'], label: 'a.nii.gz' } },
};

const kinds: [string, unknown, (file: string) => Promise<unknown>][] = [
  ['dataset.json', datasetJson, async (file) => readLabels(await readDatasetJson(file))],
  [
    'plans',
    fixture('nnUNetPlans.json'),
    async (file) => {
      const plans = await readPlans(file);
      for (const name of Object.keys(plans.configurations)) {
        readArchitecture(resolveConfiguration(plans, name).architecture);
      }
    },
  ],
  ['splits', fixture('splits_final.json'), readSplits],
  ['fingerprint', fixture('fingerprint_default_1e8.json'), readFingerprint],
  // As JSON has no NaN, classes that do not occur get a score here.
  ['summary', JSON.parse(JSON.stringify(fixture('summary_regions.json')).replaceAll('null', '0.5')), readSummary],
];

test.each(kinds)('%s', async (name, sound, reader) => {
  const file = join(await temporaryFolder('fuzz-'), `${name}.json`);
  const { read } = await fuzz({
    make: (draw) => mutateJsonText(sound, draw),
    read: async (bytes) => {
      await writeFile(file, bytes);
      await reader(file);
    },
  });
  expect(read).toBeGreaterThan(20);
});
