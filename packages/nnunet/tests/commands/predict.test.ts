import { existsSync, readdirSync } from 'node:fs';
import { cp, link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { readGridOfProperties } from '@fractura/nnunet-format';
import { temporaryFolder } from '@fractura/testing';
import { readNifti, readNpz } from '@fractura/volume-io';
import { fractura } from '../support/fractura.js';
import { folderOf, modelOf, variants } from '../support/reference-models.js';

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
});

async function probabilitiesOf(file: string) {
  const { data, shape } = (await readNpz(file)).get('probabilities')!;
  return { data: data as Float32Array, shape };
}

describe.each(variants)('real nnU-Net’s model %s', (variant) => {
  const predict = (output: string, ...options: string[]) =>
    fractura(
      ...['predict', '--engine', 'wasm', '-i', join(folderOf(variant), 'imagesTs'), '-o', output],
      ...['-m', modelOf(variant), '--save_probabilities', ...options],
    );

  test.each([
    ['pred_tta', []],
    ['pred_no_tta', ['--disable_tta']],
  ])('predicts the labels, probabilities and geometry of %s', async (name, options) => {
    const output = join(folder, variant, name);
    expect(await predict(output, ...options)).toMatchObject({ status: 0 });
    const expected = join(folderOf(variant), name);
    const ids = readdirSync(expected).flatMap((file) => (file.endsWith('.npz') ? [file.slice(0, -4)] : []));
    expect(ids).toHaveLength(4);
    for (const id of ids) {
      const [ours, theirs] = await Promise.all(
        [output, expected].map((place) => readNifti(join(place, `${id}.nii.gz`))),
      );
      expect(ours).toMatchObject({ shape: theirs.shape, spacing: theirs.spacing });
      // nnU-Net adds its windows up in float16.
      const different = [...ours.data].filter((label, i) => label !== theirs.data[i]).length;
      expect(different).toBeLessThanOrEqual(1);
      const [found, wanted] = await Promise.all(
        [output, expected].map((place) => probabilitiesOf(join(place, `${id}.npz`))),
      );
      expect(found.shape).toEqual(wanted.shape);
      const largest = found.data.reduce((most, value, i) => Math.max(most, Math.abs(value - wanted.data[i])), 0);
      expect(largest).toBeLessThan(4e-3);
      const [ourGrid, theirGrid] = await Promise.all(
        [output, expected].map((place) => readGridOfProperties(join(place, `${id}.pkl`))),
      );
      // As JSON, which has no -0.
      expect(JSON.stringify(ourGrid)).toBe(JSON.stringify(theirGrid));
    }
    for (const file of ['dataset.json', 'plans.json', 'predict_from_raw_data_args.json']) {
      expect(existsSync(join(output, file))).toBe(true);
    }
  });

  test('writes no label over an image', async () => {
    const images = join(folder, variant, 'images');
    await cp(join(folderOf(variant), 'imagesTs'), images, { recursive: true });
    const [image] = readdirSync(images).filter((name) => name.endsWith('_0000.nii.gz'));
    const label = join(images, image.replace('_0000.nii.gz', '.nii.gz'));
    await link(join(images, image), label);
    const before = await readFile(label);
    const { status, errors } = await fractura(
      ...['predict', '--engine', 'wasm', '-i', images, '-o', images, '-m', modelOf(variant)],
    );
    expect({ status, errors }).toMatchObject({ status: 1, errors: expect.stringContaining(label) as unknown });
    expect(await readFile(label)).toEqual(before);
  });

  test('goes on where it was stopped, if asked to', async () => {
    const output = join(folder, variant, 'pred_no_tta');
    const kept = join(output, 't1_plain.nii.gz');
    await writeFile(kept, 'already there');
    await rm(join(output, 't4_border.nii.gz'));
    expect(await predict(output, '--disable_tta', '--continue_prediction')).toMatchObject({ status: 0 });
    expect(await readFile(kept, 'utf8')).toBe('already there');
    expect(existsSync(join(output, 't4_border.nii.gz'))).toBe(true);
  });
});

test('parts share the cases among several commands', async () => {
  const output = join(folder, 'parts');
  const part = (id: string) =>
    fractura(
      ...['predict', '--engine', 'wasm', '-i', join(folderOf('plain'), 'imagesTs'), '-o', output],
      ...['-m', modelOf('plain'), '--disable_tta', '-num_parts', '2', '-part_id', id, '--json'],
    );
  expect(JSON.parse((await part('0')).output)).toMatchObject({ cases: ['t1_plain', 't3_spacing'] });
  expect(JSON.parse((await part('1')).output)).toMatchObject({ cases: ['t2_tiles', 't4_border'] });
  expect(await part('2')).toMatchObject({ status: 1, errors: expect.stringContaining('no part 2 of 2') as unknown });
});

test('predicting from nothing, or from a folder and an image, is refused with the remedy', async () => {
  const nothing = await fractura('predict', '-o', folder, '-m', folder);
  expect(nothing).toMatchObject({ status: 1, errors: expect.stringContaining('-i FOLDER') as unknown });
  const both = await fractura('predict', '-o', folder, '-m', folder, '-i', folder, '--image', 'a.png');
  expect(both).toMatchObject({ status: 1, errors: expect.stringContaining('Both a folder and an image') as unknown });
  const absent = await fractura('predict', '--engine', 'wasm', '-i', folder, '-o', folder, '-m', join(folder, 'no'));
  expect(absent).toMatchObject({ status: 1, errors: expect.stringContaining('no cannot be read') as unknown });
});
