import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { expect, test } from '@jest/globals';
import { writeImage } from '@fractura/radiograph';
import { fractura } from '../support/fractura.js';

test('radiographs are predicted by the segmenter that comes with Fractura where no model is named', async () => {
  const folder = await temporaryFolder();
  const film = join(folder, 'film.png');
  const data = Uint8Array.from({ length: 60 * 80 }, (_, i) => 128 + Math.round(100 * Math.sin(i / 37)));
  await writeImage(film, { data, shape: [60, 80] });
  const output = join(folder, 'out');
  const { status, errors } = await fractura(
    'predict',
    '--image',
    film,
    '-o',
    output,
    '--engine',
    'wasm',
    '--disable-tta',
  );
  expect({ status, errors }).toMatchObject({
    status: 0,
    errors: expect.stringContaining('not a medical device') as unknown,
  });
  const [prediction] = JSON.parse(await readFile(join(output, 'predictions.json'), 'utf8')) as Record<string, number>[];
  expect(prediction).toMatchObject({ width: 80, height: 60, threshold: 0.25 });
  expect(prediction.presence).toBeGreaterThan(0);
  expect(prediction.presence).toBeLessThan(1);
});

test('cases of a data set need a model of their own', async () => {
  const folder = await temporaryFolder();
  const { status, errors } = await fractura('predict', '-i', folder, '-o', join(folder, 'out'));
  expect(status).toBe(1);
  expect(errors).toContain('Neither a model folder nor a data set is named.');
});
