import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { useTemporaryFolder } from '@fractura/testing';
import { describe, expect, test } from '@jest/globals';
import {
  openImageFolder,
  prepareRadiograph,
  readImage,
  readImageStack,
  readRadiograph,
  readThumbnail,
} from '../src/index.js';

const place = useTemporaryFolder();
const path = (name: string) => fileURLToPath(new URL(`fixtures/users/${name}`, import.meta.url));
const pillow = JSON.parse(readFileSync(path('pillow.json'), 'utf8')) as Record<
  string,
  { shape: number[]; sha256: string }
>;
const hashOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView) =>
  createHash('sha256')
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest('hex');

describe('pixels are those that are stored, as Pillow and tifffile read them', () => {
  test.each(['icc_gray_linear.png', 'icc_gray_linear.tif', 'icc_gray_linear.jpg', 'png_12in16.png'])(
    '%s',
    async (name) => {
      const { data, width, height } = await readRadiograph(path(name));
      expect([height, width]).toEqual(pillow[name].shape);
      expect(hashOf(data)).toBe(pillow[name].sha256);
      expect(hashOf((await readImage(path(name))).data)).toBe(pillow[name].sha256);
    },
  );

  test('a stack in which white is zero', async () => {
    const { data, shape } = await readImageStack(path('white-is-zero-stack.tif'));
    expect(shape).toEqual(pillow['white-is-zero-stack.tif'].shape);
    expect(hashOf(data)).toBe(pillow['white-is-zero-stack.tif'].sha256);
  });

  test('12 bits in a PNG of 16 keep all their levels', async () => {
    const preparation = { resize: 'bilinear', width: 60, height: 40, channels: 1, depth: 'stored' } as const;
    const { data } = await prepareRadiograph(path('png_12in16.png'), preparation);
    expect(new Set(data).size).toBeGreaterThan(200);
  });
});

test('palette indices are labels where labels are asked for, and colours elsewhere', async () => {
  const labels = await readImage(path('palette-labels.png'), { palette: 'indices' });
  expect(labels.shape).toEqual(pillow['palette-labels.png'].shape);
  expect(hashOf(labels.data)).toBe(pillow['palette-labels.png'].sha256);
  expect((await readImage(path('palette-labels.png'))).shape).toEqual([20, 24, 3]);
});

describe('what is claimed is checked before memory is taken', () => {
  test.each(['claims-1414.png', 'claims-3189.png', 'claims-3541.png', 'claims-260m.png'])('%s', async (name) => {
    const readers = [readImage, readRadiograph, (file: string) => readThumbnail(file, { side: 8 })];
    for (const read of readers.slice(0, 2)) {
      await expect(read(path(name))).rejects.toMatchObject({
        code: expect.stringMatching(/^image-(unreadable|too-large)$/),
        remedy: expect.stringMatching(/\w/),
      });
    }
    expect(await readThumbnail(path(name), { side: 8 })).toMatchObject({ damage: expect.stringMatching(/\w/) });
  });

  test('a limit of pixels may be set', async () => {
    const name = path('icc_gray_linear.png');
    await expect(readImage(name, { maxPixels: 2399 })).rejects.toMatchObject({ code: 'image-too-large' });
    await expect(readRadiograph(name, { maxPixels: 2399 })).rejects.toMatchObject({ code: 'image-too-large' });
    expect((await readImage(name, { maxPixels: 2400 })).shape).toEqual([40, 60]);
  });

  test.each([Number.NaN, -1, 0, 2.5, Infinity])('a limit of %p is refused', async (maxPixels) => {
    await expect(readImage(path('icc_gray_linear.png'), { maxPixels })).rejects.toMatchObject({ code: 'size-invalid' });
    await expect(readImageStack(path('white-is-zero-stack.tif'), { maxPixels })).rejects.toMatchObject({
      code: 'size-invalid',
    });
  });
});

describe('names are compared as file systems do, where none is literal', () => {
  const files = [
    'left/a.png',
    'Röntgen.png'.normalize('NFD'),
    'left wrist (1).png',
    'b.PNG',
    '._c.png',
    'd.png',
    'd.PNG',
  ];
  const open = async () => {
    await mkdir(place('left'));
    for (const file of files) {
      await writeFile(place(file), '');
    }
    return openImageFolder(place(''));
  };

  test.each([
    ['left\\a.png', 'left/a.png'],
    ['Röntgen.png'.normalize('NFC'), 'Röntgen.png'.normalize('NFD')],
    ['left%20wrist%20%281%29.png', 'left wrist (1).png'],
    ['b.png', 'b.PNG'],
    ['./left\\a.PNG', 'left/a.png'],
    ['elsewhere\\a.png', 'left/a.png'],
  ])('%j is %j', async (name, found) => {
    const pathOf = await open();
    expect(pathOf(name)).toBe(place(found));
    expect([...pathOf.alike]).toEqual([[name, found]]);
  });

  test('a literal name is itself, and nothing is said', async () => {
    const pathOf = await open();
    expect(pathOf('d.PNG')).toBe(place('d.PNG'));
    expect(pathOf.alike.size).toBe(0);
  });

  test.each(['d.Png', 'c.png', '100%.png', 'x.png'])('%j is missing: none or several are alike', async (name) => {
    const pathOf = await open();
    expect(() => pathOf(name)).toThrow(expect.objectContaining({ code: 'image-missing' }));
  });

  test.each(['../a.png', '/etc/passwd', 'C:\\a.png', '..\\a.png', ''])('%j is refused', async (name) => {
    const pathOf = await open();
    expect(() => pathOf(name)).toThrow(expect.objectContaining({ code: 'unsafe-name' }));
  });
});
