import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { loadFracAtlas, makeSyntheticAtlas, type Atlas, type SyntheticTruth } from '../../src/index.js';

let directory: string;
let truth: SyntheticTruth;
let atlas: Atlas;

beforeAll(async () => {
  directory = await temporaryFolder();
  truth = await makeSyntheticAtlas({ directory, fractured: 30, normal: 30, seed: 11 });
  atlas = await loadFracAtlas(directory);
});

test('the folder has the layout of FracAtlas, with every table and format', () => {
  expect(atlas.sources).toEqual({
    table: true,
    coco: true,
    vgg: true,
    voc: true,
    yolo: true,
    splits: ['train', 'valid', 'test'],
  });
  expect(atlas.records).toHaveLength(60);
  expect(atlas.records.filter(({ fractured }) => fractured)).toHaveLength(30);
});

test('the truth is what lies in the folder', () => {
  expect(JSON.parse(readFileSync(join(directory, 'truth.json'), 'utf8'))).toEqual(truth);
  const files = (test: (record: Atlas['records'][number]) => boolean) =>
    atlas.records.filter(test).map(({ file }) => file);
  expect(files(({ orientation }) => orientation > 1)).toEqual(truth.rotated.map(({ file }) => file).sort());
  expect(files(({ channels }) => channels === 1)).toEqual(truth.singleChannel);
  expect(files(({ hardware }) => hardware)).toEqual(truth.hardware);
  expect(files(({ annotations }) => annotations.length > 1)).toEqual(truth.severalInstances.map(({ file }) => file));
  const conflicts = (kind: string) => atlas.conflicts.filter((c) => c.kind === kind).map(({ file }) => file);
  expect(conflicts('table-folder')).toEqual(truth.tableAgainstFolder.map(({ file }) => file));
  expect(conflicts('table-count')).toEqual(truth.tableCount.map(({ file }) => file));
  expect(conflicts('vgg')).toEqual(truth.vggLacksOne);
});

test('every quirk of the archive is planted', () => {
  for (const list of [truth.rotated, truth.truncated, truth.singleChannel, truth.outOfBounds, truth.severalInstances]) {
    expect(list.length).toBeGreaterThan(0);
  }
  expect(truth.tableAgainstFolder.map(({ folder }) => folder).sort()).toEqual([false, true]);
  expect(truth.duplicates.filter(({ acrossSplits }) => acrossSplits)).not.toHaveLength(0);
  expect(truth.duplicates.filter(({ acrossLabels }) => acrossLabels)).not.toHaveLength(0);
  expect(truth.studies.length).toBeGreaterThan(0);
  const normal = new Set(atlas.records.filter(({ fractured }) => !fractured).map(({ file }) => file));
  expect(truth.truncated.every((file) => normal.has(file))).toBe(true);
});

test('a rotated file is stored turned and comes upright with its outlines', async () => {
  for (const { file, orientation } of truth.rotated.filter(({ orientation }) => orientation !== 3)) {
    const { path, width, height } = atlas.records.find((record) => record.file === file)!;
    expect(await sharp(path).metadata()).toMatchObject({ orientation, width: height, height: width });
  }
});

test('sizes are those of FracAtlas and larger', () => {
  expect(Object.keys(truth.sizes)).toEqual(expect.arrayContaining(['373x454', '454x373']));
  expect(atlas.records.every(({ width, height }) => Math.min(width, height) >= 373)).toBe(true);
});

test('a break is still to be seen when the image is reduced to 64 x 64 pixels', async () => {
  // The outline's darkest pixel against its brightest, as a share of the image's whole range.
  const contrasts: number[] = [];
  for (const { path, width, height, annotations } of atlas.records.filter(({ orientation }) => orientation === 1)) {
    for (const { box, polygons } of annotations) {
      const inside = polygons[0].every((v, i) => v >= 0 && v <= (i % 2 === 0 ? width : height));
      if (!inside) {
        continue;
      }
      const small = await sharp(path).greyscale().resize(64, 64, { fit: 'fill' }).raw().toBuffer();
      const [left, top] = [Math.round((box[0] / width) * 64), Math.round((box[1] / height) * 64)];
      const [right, bottom] = [
        Math.round(((box[0] + box[2]) / width) * 64),
        Math.round(((box[1] + box[3]) / height) * 64),
      ];
      const within: number[] = [];
      for (let y = top; y < bottom; y += 1) {
        for (let x = left; x < right; x += 1) {
          within.push(small[y * 64 + x]);
        }
      }
      contrasts.push((Math.max(...within) - Math.min(...within)) / (Math.max(...small) - Math.min(...small)));
      expect(box[2] * box[3]).toBeGreaterThan(0.005 * width * height);
    }
  }
  contrasts.sort((a, b) => a - b);
  expect(contrasts.length).toBeGreaterThan(20);
  expect(contrasts[Math.floor(contrasts.length / 10)]).toBeGreaterThan(0.2);
});

test('one seed gives the same files byte for byte, another seed gives others', async () => {
  const digest = async (seed: number) => {
    const folder = await temporaryFolder();
    await makeSyntheticAtlas({ directory: folder, fractured: 4, normal: 4, seed });
    const hash = createHash('sha256');
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
    for (const path of paths) {
      hash.update(relative(folder, path)).update(readFileSync(path));
    }
    return hash.digest('hex');
  };
  const [first, second, other] = [await digest(3), await digest(3), await digest(4)];
  expect(second).toBe(first);
  expect(other).not.toBe(first);
});

test('progress counts up to the number of images, and an abort ends the work', async () => {
  const folder = await temporaryFolder();
  const controller = new AbortController();
  const seen: number[] = [];
  const run = makeSyntheticAtlas({
    directory: folder,
    fractured: 10,
    normal: 10,
    signal: controller.signal,
    onProgress: ({ done }) => {
      seen.push(done);
      if (done === 5) {
        controller.abort(new Error('enough'));
      }
    },
  });
  await expect(run).rejects.toThrow('enough');
  expect(seen.slice(0, 5)).toEqual([1, 2, 3, 4, 5]);
  expect(seen.length).toBeLessThan(20);
});

test.each([
  ['fractured', { fractured: 0 }],
  ['normal', { normal: 1.5 }],
  ['seed', { seed: -1 }],
  ['width', { size: [10, 400] as [number, number] }],
])('a %s that makes no sense is refused by name', async (name, options) => {
  await expect(makeSyntheticAtlas({ directory: '/nowhere', ...options })).rejects.toMatchObject({
    code: 'synthetic-options',
    message: expect.stringContaining(name),
  });
});
