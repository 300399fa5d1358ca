import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, expect, jest, test } from '@jest/globals';
import sharp from 'sharp';
import { runClassify } from '../support/run-classify.js';
import { toySamples } from '../support/toy-samples.js';

jest.setTimeout(300_000);

let root: string;
const at = (name: string) => join(root, name);
const films = 20;

/** Films of 16 x 16 pixels in pairs of a patient, the maps of a segmenter that sees the bars, and its predictions. */
beforeAll(async () => {
  root = await temporaryFolder('compare-');
  await mkdir(at('images'));
  await mkdir(at('maps'));
  const rows = ['file,label,group,view'];
  const predictions: Record<string, object> = {};
  for (const [n, { label, image }] of toySamples(films, { size: 16 }).entries()) {
    const { data, width, height } = await image();
    const write = (values: Float32Array, file: string) =>
      sharp(
        Uint8Array.from(values, (value) => Math.min(255, value * 255)),
        { raw: { width, height, channels: 1 } },
      )
        .png()
        .toFile(at(file));
    await write(data, `images/film${n}.png`);
    await write(
      data.map((value) => (value > 0.6 ? 0.9 : 0)),
      `maps/film${n}.png`,
    );
    rows.push(
      `film${n}.png,${label === 1 ? 'fractured' : 'normal'},patient ${n >> 1},${n % 4 < 2 ? 'lateral' : 'frontal'}`,
    );
    predictions[`film${n}`] = { reference: label * 400, largest: 0.3 + 0.5 * label, presence: [(n % 10) / 10] };
  }
  await writeFile(at('labels.csv'), rows.join('\n'));
  await writeFile(at('predictions.json'), JSON.stringify(predictions));
});

const compare = (...more: string[]) =>
  runClassify(
    ...[
      'compare',
      '--images',
      at('images'),
      '--labels',
      at('labels.csv'),
      '--positive',
      'fractured',
      '--engine',
      'wasm',
    ],
    ...['--maps', at('maps'), '--scores', at('predictions.json'), '-o', at('out'), '--pretrained', 'none'],
    ...[
      '--size',
      '16x16',
      '--epochs',
      '1',
      '--batch',
      '8',
      '--folds',
      '2',
      '--seeds',
      '3',
      '--resamples',
      '20',
      ...more,
    ],
  );

test('every film is judged by classifiers that have not seen it; called again, nothing is trained again', async () => {
  const { status, stdout, stderr } = await compare('--inputs', 'image', 'blob');
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^20 films, 10 positive/);
  const { judges } = JSON.parse(await readFile(at('out/comparison.json'), 'utf8')) as {
    judges: { name: string; films: number; strata: { stratum: string; value: string }[] }[];
  };
  const names = ['image', 'blob', 'largest probability', 'presence head', 'mean of logits', 'logistic regression'];
  expect(judges.map(({ name }) => name)).toEqual(names);
  expect(judges[0].strata.map(({ stratum, value }) => `${stratum}: ${value}`)).toEqual([
    'lesion size: from 16 x 16 pixels',
    'view: frontal',
    'view: lateral',
  ]);

  const filesOf = async (fold: number) =>
    (await readFile(at(`out/seed_3/fold_${fold}/blob/predictions.csv`), 'utf8'))
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => row.split(',')[0]);
  const [first, other] = [await filesOf(0), await filesOf(1)];
  expect([...first, ...other].sort()).toEqual(Array.from({ length: films }, (_, n) => `film${n}.png`).sort());
  const patients = (files: string[]) => new Set(files.map((file) => Number(/\d+/.exec(file)![0]) >> 1));
  expect([...patients(first)].filter((patient) => patients(other).has(patient))).toEqual([]);

  const kept = at('out/seed_3/fold_0/image/predictions.csv');
  const before = await stat(kept);
  await rm(at('out/seed_3/fold_1/blob'), { recursive: true });
  const again = await compare('--inputs', 'image', 'blob');
  expect(again).toMatchObject({ status: 0, stdout });
  expect((await stat(kept)).mtimeMs).toBe(before.mtimeMs);
});

test('a film without a map, and maps that are not given, are told', async () => {
  const without = await runClassify(
    ...['compare', '--images', at('images'), '--labels', at('labels.csv'), '--positive', 'fractured'],
    ...['-o', at('none'), '--inputs', 'mask'],
  );
  expect(without).toMatchObject({ status: 2, stderr: expect.stringContaining('--maps') as unknown });
  await rm(at('maps/film7.png'));
  const { status, stderr } = await compare('--inputs', 'mask', '--out', at('lacking'));
  expect(status).toBe(1);
  expect(stderr).toContain('There is neither film7.npy nor film7.png');
});
