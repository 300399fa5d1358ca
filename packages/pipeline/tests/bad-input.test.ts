import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, expect, test } from '@jest/globals';
import { loadFracAtlas, makeSyntheticAtlas, atlasLayout } from '@fractura/fracatlas-loader';
import { fractura } from './support/fractura.js';

let folder: string;
let sound: string;
beforeAll(async () => {
  folder = await temporaryFolder('fractura-bad-');
  sound = join(folder, 'atlas');
  await makeSyntheticAtlas({ directory: sound, fractured: 24, normal: 26, seed: 1 });
});

// Of a given size, so that no time is taken to measure the engine.
const run = (data: string, out = join(folder, 'out')) =>
  fractura('run', '--engine', 'wasm', '--data', data, '--out', out, '--size', '64');

async function smallAtlas(name: string): Promise<string> {
  const directory = join(folder, name);
  await cp(sound, directory, { recursive: true });
  return directory;
}

test('a folder that does not exist is named, with status 1 and no stack', async () => {
  const { status, errors } = await run(join(folder, 'absent'));
  expect(status).toBe(1);
  expect(errors).toContain('absent');
  expect(errors).not.toContain('    at ');
});

test('an atlas without its COCO file, or with one that is no JSON, says so', async () => {
  const directory = await smallAtlas('broken');
  const { coco } = atlasLayout(directory);
  await writeFile(coco, '{"images": [');
  const broken = await run(directory);
  expect(broken).toMatchObject({ status: 1 });
  expect(broken.errors).toContain('COCO_fracture_masks.json');
  await rm(coco);
  const missing = await run(directory);
  expect(missing).toMatchObject({ status: 1 });
  expect(missing.errors).toContain('COCO');
});

test('an image that is missing does not pass unnoticed', async () => {
  const directory = await smallAtlas('missing');
  const { records } = await loadFracAtlas(directory);
  const { path, file } = records.find(({ fractured }) => fractured)!;
  await rm(path);
  const atlas = await loadFracAtlas(directory).then(
    ({ conflicts }) => conflicts.filter((conflict) => conflict.file === file).length,
    () => 1,
  );
  expect(atlas).toBeGreaterThan(0);
});

test('an output folder that cannot be made ends in one message', async () => {
  await mkdir(join(folder, 'taken'));
  await writeFile(join(folder, 'taken', 'file'), '');
  const { status, errors } = await run(sound, join(folder, 'taken', 'file', 'out'));
  expect(status).toBe(1);
  expect(errors).toContain('file');
  expect(errors).not.toContain('    at ');
});

test('a setting out of range and an unknown option are refused', async () => {
  expect(await fractura('run', '--folds', '1')).toMatchObject({
    status: 2,
    errors: expect.stringContaining('folds') as unknown,
  });
  expect(await fractura('run', '--fold', '3')).toMatchObject({
    status: 2,
    errors: expect.stringContaining('Did you mean --folds') as unknown,
  });
});
