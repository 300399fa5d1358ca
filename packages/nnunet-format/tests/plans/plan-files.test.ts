import { readFile, writeFile } from 'node:fs/promises';
import { useTemporaryFolder } from '@fractura/testing';
import { expect, test } from '@jest/globals';
import { readPlans, readPlansIfAny, writePlans, type Plans } from '../../src/index.js';
import { fixture, parseFixture, readFixture } from '../fixtures.js';

const at = useTemporaryFolder();

test('plans are read and written byte for byte', async () => {
  await writePlans(at('dataset/nnUNetPlans.json'), await readPlans(fixture('nnUNetPlans.json')));
  expect(await readFile(at('dataset/nnUNetPlans.json'), 'utf8')).toBe(readFixture('nnUNetPlans.json'));
});

test('the intensities of nnU-Net 2.0 to 2.2 get their present name', async () => {
  const { foreground_intensity_properties_per_channel: intensities, ...others } = parseFixture(
    'nnUNetPlans.json',
  ) as Plans;
  await writeFile(
    at('old.json'),
    JSON.stringify({ ...others, foreground_intensity_properties_by_modality: intensities }),
  );
  const plans = await readPlans(at('old.json'));
  expect(plans.foreground_intensity_properties_per_channel).toEqual(intensities);
  expect(plans).not.toHaveProperty('foreground_intensity_properties_by_modality');
});

test('plans that are not there are undefined, or refused', async () => {
  expect(await readPlansIfAny(at('plans.json'))).toBeUndefined();
  await expect(readPlans(at('plans.json'))).rejects.toMatchObject({ code: 'plans-missing' });
});

test.each([
  ['', 'is not a plans file'],
  ['3', 'it holds 3.'],
  ['{}', 'it has no image_reader_writer, transpose_forward, transpose_backward, configurations.'],
])('the file "%s" is refused: %s', async (text, message) => {
  await writeFile(at('plans.json'), text);
  await expect(readPlans(at('plans.json'))).rejects.toMatchObject({
    code: 'plans-invalid',
    message: expect.stringContaining(message),
  });
});
