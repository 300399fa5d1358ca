import { existsSync, readdirSync } from 'node:fs';
import { cp, link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parseCsv } from '@fractura/array-files';
import { readGridOfProperties } from '@fractura/nnunet-format';
import { findPreparedEngine } from '@fractura/tfjs-engine';
import { temporaryFolder } from '@fractura/testing';
import { readNifti, readNpz } from '@fractura/volume-io';
import { fractura } from '../support/fractura.js';
import { writeFilms } from '../support/radiographs.js';
import { folderOf, modelOf, variants } from '../support/reference-models.js';

const testNative = findPreparedEngine() ? test : test.skip;

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

describe('radiographs as they are', () => {
  let films: string;
  beforeAll(async () => {
    films = join(folder, 'films');
    await writeFilms(films, 'wrist.png', 'hand/wrist.png');
    await writeFile(join(films, 'hand', 'torn.bmp'), 'BM');
    await writeFile(join(films, 'hand', '._wrist.png'), 'shadow');
  });
  const predict = (output: string, ...options: string[]) =>
    fractura(
      ...['predict', '--engine', 'wasm', '-m', modelOf('plain'), '-o', join(folder, output), '--size', 'native'],
      ...['--disable-tta', ...options],
    );

  test('one is predicted, and told in a line', async () => {
    const { status, output } = await predict('single', '--image', join(films, 'wrist.png'));
    expect(status).toBe(0);
    expect(output).toMatch(/^wrist\.png: presence [01]\.\d{3}, \d+ lesions?\n.*predictions\.csv\n$/);
    expect(readdirSync(join(folder, 'single')).sort()).toEqual([
      'predictions.csv',
      'predictions.json',
      'wrist.nii.gz',
      'wrist_radiograph.png',
    ]);
  });

  test('a folder is predicted with its subfolders, and a damaged file ends it with status 1', async () => {
    const options = ['--image', films, '--recursive', '--heat', '--threshold', '0.3', '--json'];
    const { status, output, errors } = await predict('many', ...options);
    expect({ status, errors }).toMatchObject({ status: 1, errors: expect.stringContaining('torn.bmp') as unknown });
    const many = join(folder, 'many');
    const listed = JSON.parse(await readFile(join(many, 'predictions.json'), 'utf8')) as unknown;
    const printed = JSON.parse(output) as { results: unknown };
    expect(printed).toMatchObject({ error: { code: 'image-unreadable' } });
    expect(printed.results).toEqual(listed);
    const film = { width: 40, height: 32, threshold: 0.3, lesions: expect.anything() as unknown };
    expect(listed).toMatchObject([
      { file: 'hand/torn.bmp', error: { code: 'image-unreadable' } },
      { file: 'hand/wrist.png', overlay: 'hand/wrist_overlay.png', ...film },
      { file: 'wrist.png', overlay: 'wrist_overlay.png', ...film },
    ]);
    const { rows } = parseCsv(await readFile(join(many, 'predictions.csv'), 'utf8'));
    expect(new Set(rows.map(({ file }) => file))).toEqual(new Set(['hand/torn.bmp', 'hand/wrist.png', 'wrist.png']));
    expect(existsSync(join(many, 'hand', 'wrist_overlay.png'))).toBe(true);
  });

  test('several files may be named, and what has the same name keeps its folder', async () => {
    const images = ['wrist.png', 'hand/wrist.png'].map((file) => join(films, file));
    const { status, output } = await predict('named', '--image', ...images, '--threshold', 'auto', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(output)).toMatchObject([
      { file: 'wrist.png', threshold: null },
      { file: 'hand/wrist.png', threshold: null },
    ]);
  });

  test('a threshold that is no probability, and options of the other way, are refused', async () => {
    const image = join(films, 'wrist.png');
    const high = await predict('refused', '--image', image, '--threshold', '50');
    expect(high).toMatchObject({ status: 2, errors: expect.stringContaining('--threshold is "50"') as unknown });
    const parts = await predict('refused', '--image', image, '--save-probabilities');
    expect(parts).toMatchObject({
      status: 2,
      errors: expect.stringContaining('--save-probabilities needs -i') as unknown,
    });
    const alone = await fractura('predict', '-i', films, '-o', folder, '-m', folder, '--overlay');
    expect(alone).toMatchObject({ status: 2, errors: expect.stringContaining('--overlay needs --image') as unknown });
  });
});

describe('numbers of the networks', () => {
  const predict = (output: string, ...options: string[]) =>
    fractura(
      ...['predict', '-i', join(folderOf('plain'), 'imagesTs'), '-o', join(folder, output), '-m', modelOf('plain')],
      ...['--save_probabilities', '--json', ...options],
    );
  const probabilities = (output: string) => probabilitiesOf(join(folder, output, 't2_tiles.npz'));

  testNative('bfloat16 predicts nearly what float32 does (needs `fractura engine install`)', async () => {
    const full = await predict('float32', '--engine', 'native');
    const reduced = await predict('bfloat16', '--engine', 'native', '--precision', 'bfloat16');
    expect([full.status, reduced.status]).toEqual([0, 0]);
    expect(full.errors).not.toContain('Precision');
    expect(reduced.errors).toContain('Precision: bfloat16');
    const [{ data: expected }, { data: found }] = [await probabilities('float32'), await probabilities('bfloat16')];
    const largest = found.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0);
    expect(largest).toBeGreaterThan(0);
    expect(largest).toBeLessThan(0.05);
  });

  test('auto is float32 on WebAssembly, where bfloat16 is refused', async () => {
    const { status, errors } = await predict('auto', '--engine', 'wasm', '--precision', 'auto');
    expect(status).toBe(0);
    expect(errors).not.toContain('Precision');
    const refused = await predict('refused', '--engine', 'wasm', '--precision', 'bfloat16');
    expect(refused).toMatchObject({
      status: 1,
      errors: expect.stringContaining('computes in float32, not in bfloat16') as unknown,
    });
    expect(existsSync(join(folder, 'refused'))).toBe(false);
  });
});

test('a threshold holds for a folder, too', async () => {
  const foreground = async (threshold: string) => {
    const output = join(folder, `threshold-${threshold}`);
    const { status } = await fractura(
      ...['predict', '--engine', 'wasm', '-i', join(folderOf('plain'), 'imagesTs'), '-o', output],
      ...['-m', modelOf('plain'), '--disable_tta', '--threshold', threshold],
    );
    expect(status).toBe(0);
    const { data } = await readNifti(join(output, 't1_plain.nii.gz'));
    return [...data].filter((label) => label !== 0).length;
  };
  const [low, own, high] = [await foreground('0.1'), await foreground('auto'), await foreground('0.9')];
  expect(low).toBeGreaterThan(own);
  expect(own).toBeGreaterThan(high);
});
