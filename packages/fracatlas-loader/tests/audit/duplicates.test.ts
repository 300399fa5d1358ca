import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, expect, test } from '@jest/globals';
import sharp, { type Sharp } from 'sharp';
import { auditAtlas, loadCocoFolder, makeSyntheticAtlas, type DuplicatePair } from '../../src/index.js';
import { joinOverlapping } from '../../src/join-overlapping.js';

let radiographs: string;

beforeAll(async () => {
  radiographs = await temporaryFolder();
  await makeSyntheticAtlas({ directory: radiographs, fractured: 4, normal: 8, seed: 21 });
});

/** What the audit says of one radiograph and a changed copy of it, among others. */
async function pairsWith(copy: (original: Buffer) => Promise<Buffer>): Promise<DuplicatePair[]> {
  const folder = await temporaryFolder();
  const from = join(radiographs, 'images', 'Non_fractured');
  const truth = JSON.parse(await readFile(join(radiographs, 'truth.json'), 'utf8')) as {
    truncated: string[];
    duplicates: { files: string[] }[];
    rotated: { file: string }[];
  };
  const special = [
    ...truth.truncated,
    ...truth.duplicates.flatMap(({ files }) => files),
    ...truth.rotated.map((r) => r.file),
  ];
  const files = (await readdir(from)).filter((file) => !special.includes(file));
  await mkdir(join(folder, 'film'));
  for (const file of files) {
    await writeFile(join(folder, 'film', file), await readFile(join(from, file)));
  }
  const original = await readFile(join(from, files[0]));
  await writeFile(join(folder, 'film', 'copy.jpg'), await copy(original));
  await writeFile(join(folder, 'film.json'), JSON.stringify({ images: [], annotations: [], categories: [] }));
  const atlas = await loadCocoFolder({ images: join(folder, 'film'), annotations: join(folder, 'film.json') });
  const { duplicatePairs } = await auditAtlas(atlas);
  expect(duplicatePairs.every(({ files: pair }) => pair.join() === [files[0], 'copy.jpg'].join())).toBe(true);
  return duplicatePairs;
}

const edited = (edit: (image: Sharp) => Sharp) => (original: Buffer) =>
  edit(sharp(original)).jpeg({ quality: 70 }).toBuffer();

test.each<[string, DuplicatePair['placement'], (image: Sharp) => Sharp]>([
  ['compressed harder', 'same', (image) => image],
  ['reduced to a third', 'same', (image) => image.resize(124, 151, { fit: 'fill' })],
  ['made brighter and steeper', 'same', (image) => image.linear(1.3, 10)],
  ['given another gamma', 'same', (image) => image.gamma(1.6)],
  ['mirrored', 'mirrored', (image) => image.flop()],
  ['turned by 180 degrees', 'turned', (image) => image.rotate(180)],
  ['turned by 90 degrees', 'turned', (image) => image.rotate(90)],
  ['turned by 270 degrees', 'turned', (image) => image.rotate(270)],
  ['turned upside down in a mirror', 'turned and mirrored', (image) => image.flip()],
])('a copy %s is found', async (_, placement, edit) => {
  const pairs = await pairsWith(edited(edit));
  expect(pairs).toHaveLength(1);
  expect(pairs[0]).toMatchObject({ kind: 'near', placement });
});

test('a copy byte for byte is called exact', async () => {
  const pairs = await pairsWith((original) => Promise.resolve(original));
  expect(pairs).toMatchObject([{ kind: 'exact', distanceBits: 0, correlation: 1 }]);
});

test('a copy that was cut short is found by its upper half, also after it was saved again as a whole file', async () => {
  const cut = (original: Buffer) => original.subarray(0, Math.round(original.length * 0.7));
  const truncated = await pairsWith((original) => Promise.resolve(cut(original)));
  expect(truncated).toHaveLength(1);
  const resaved = await pairsWith((original) => sharp(cut(original), { failOn: 'none' }).jpeg().toBuffer());
  expect(resaved).toMatchObject([{ kind: 'upper-half' }]);
});

test('pairs that share a file become one group', () => {
  expect(joinOverlapping([['d', 'c'], ['a', 'b'], ['e', 'd'], ['x']])).toEqual([
    ['a', 'b'],
    ['c', 'd', 'e'],
  ]);
});
