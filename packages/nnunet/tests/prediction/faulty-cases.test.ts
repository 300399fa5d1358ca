import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ImageVolume } from '@fractura/nnunet-planner';
import { temporaryFolder } from '@fractura/testing';
import { useEngine } from '@fractura/tfjs-engine';
import { writeNifti } from '@fractura/volume-io';
import { loadModel, predictFolder, type TrainedModel } from '../../src/index.js';
import { checkImage } from '../../src/prediction/check-image.js';
import { modelOf } from '../support/reference-models.js';

let model: TrainedModel;
beforeAll(async () => {
  await useEngine({ prefer: 'wasm' });
  model = await loadModel({ folder: modelOf('plain') });
});
afterAll(() => {
  model.dispose();
});

const shape = [24, 20, 1];
const slope = () => Float32Array.from({ length: 480 }, (_, i) => i % 24);

/** A folder of the cases named, with the voxels given, and where their labels are to go. */
async function inputOf(cases: Record<string, Float32Array>) {
  const input = await temporaryFolder();
  for (const [id, data] of Object.entries(cases)) {
    await writeNifti(join(input, `${id}_0000.nii.gz`), { data, shape });
  }
  return { model, input, output: join(input, 'out'), mirroring: false };
}

const withFlaws = () => {
  const data = slope();
  data.set([NaN, Infinity, -Infinity]);
  return data;
};

test('a case with NaN and infinite voxels is named with their number, and the others are predicted', async () => {
  const options = await inputOf({ a: slope(), b: withFlaws(), c: slope() });
  const notes: string[] = [];
  await expect(predictFolder({ ...options, note: (line) => notes.push(line) })).rejects.toMatchObject({
    code: 'voxels-not-finite',
    message: 'Case b: 3 of 480 voxels are NaN or infinite.',
  });
  expect(notes).toEqual(['Left out b: Case b: 3 of 480 voxels are NaN or infinite.']);
  expect(['a', 'b', 'c'].map((id) => existsSync(join(options.output, `${id}.nii.gz`)))).toEqual([true, false, true]);
});

test('a damaged file is listed with the others that failed, and the rest goes on', async () => {
  const options = await inputOf({ a: slope(), b: withFlaws() });
  await writeFile(join(options.input, 'c_0000.nii.gz'), 'no volume');
  await writeFile(join(options.input, '._a_0000.nii.gz'), 'shadow');
  const failure = predictFolder(options);
  await expect(failure).rejects.toMatchObject({ code: 'cases-failed' });
  await expect(failure).rejects.toThrow(/2 of 3 cases .*Case b.*c_0000\.nii\.gz/);
  expect(existsSync(join(options.output, 'a.nii.gz'))).toBe(true);
});

/** A picture of two pixels with these planes. */
const picture = (...planes: number[][]): ImageVolume => ({
  data: Float32Array.from(planes.flat()),
  shape: [planes.length, 1, 1, 2],
  spacing: [999, 1, 1],
});
const expected = { id: 'a', files: ['a_0000.png'], channels: 1, ending: '.png' };

test.each([
  ['RGB', picture([3, 4], [3, 4], [3, 4])],
  ['RGB with alpha', picture([3, 4], [3, 4], [3, 4], [255, 0])],
  ['grey with alpha', picture([3, 4], [255, 0])],
])('%s of equal channels is taken as grey', (_, image) => {
  expect(checkImage(image, expected)).toMatchObject({ data: Float32Array.from([3, 4]), shape: [1, 1, 1, 2] });
});

test('colours that differ are refused', () => {
  expect(() => checkImage(picture([3, 4], [3, 4], [3, 5]), expected)).toThrow(
    'Case a: the file has 3 channels that differ, the model wants 1.',
  );
});

test('channels that are missing are named by their files', () => {
  expect(() => checkImage(picture([3, 4]), { ...expected, channels: 2 })).toThrow(
    expect.objectContaining({
      code: 'channels-missing',
      remedy: 'Give one file for each channel, a_0000.png and so on.',
    }),
  );
});
