import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { readRadiograph, readThumbnail, resizeImage } from '../src/index.js';

const fixtures = fileURLToPath(new URL('fixtures/', import.meta.url));
const film = `${fixtures}films/upside-down.jpg`;

test('a thumbnail is the upright grey image, about as bilinear resizing makes it', async () => {
  const { image, damage } = await readThumbnail(film, { side: 32 });
  expect(damage).toBeUndefined();
  expect(image).toMatchObject({ width: 32, height: 32, channels: 1 });
  const full = await readRadiograph(film);
  const exact = resizeImage({ ...full, channels: 1 }, { width: 32, height: 32 }, 'bilinear');
  const differences = Array.from(exact.data, (level, i) => Math.abs(level - image!.data[i]));
  const apart = differences.reduce((sum, difference) => sum + difference, 0) / differences.length;
  expect(apart).toBeLessThan(3);
});

test('it keeps its shape inside a square where asked, and is not enlarged', async () => {
  const { image } = await readThumbnail(film, { side: 100, fit: 'inside' });
  expect([image!.width, image!.height]).toEqual([40, 100]);
  const small = await readThumbnail(`${fixtures}stored/rgb8.bmp`, { side: 100, fit: 'inside' });
  expect(small.image!.data).toHaveLength(small.image!.width * small.image!.height);
  expect(small.image!.width).toBeLessThan(100);
});

test('alpha is left out', async () => {
  const { image } = await readThumbnail(`${fixtures}stored/rgba8.png`, { side: 4 });
  expect(image!.data).toHaveLength(16);
});

test('of a damaged image it shows what decodes, and says what is wrong', async () => {
  const bytes = await readFile(film);
  const cut = await readThumbnail(film, { side: 16, bytes: bytes.subarray(0, bytes.length / 2) });
  expect(cut).toMatchObject({ damage: 'the file ends before its image does', image: { width: 16 } });
  expect(await readThumbnail(film, { side: 16, bytes: Buffer.alloc(0) })).toEqual({ damage: 'the file is empty' });
  const text = await readThumbnail(film, { side: 16, bytes: Buffer.from('not an image') });
  expect(text).toEqual({ damage: 'the file does not decode without errors' });
});
