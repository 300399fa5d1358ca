import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { temporaryFolder } from '@fractura/testing';
import { readDatasetJson, readImageConversion, writeDatasetJson } from '../../src/index.js';

const datasetJson = {
  channel_names: { '0': 'X-ray' },
  labels: { background: 0, a: 1 },
  numTraining: 1,
  file_ending: '.png',
};

test('what dataset.json says of the conversion is kept and read', async () => {
  const file = join(await temporaryFolder(), 'dataset.json');
  const image_conversion = { fit: 'letterbox', width: 448, height: 320 };
  await writeDatasetJson(file, { ...datasetJson, image_conversion });
  expect(readImageConversion(await readDatasetJson(file))).toEqual(image_conversion);
  expect(readImageConversion(datasetJson)).toBeUndefined();
});

test.each([
  null,
  'letterbox',
  { fit: 'crop', width: 1, height: 1 },
  { fit: 'stretch', width: 0, height: 4 },
  { fit: 'stretch' },
])('%j is refused', (image_conversion) => {
  expect(() => readImageConversion({ ...datasetJson, image_conversion })).toThrow(
    expect.objectContaining({ code: 'dataset-json-invalid' }),
  );
});
