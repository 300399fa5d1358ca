import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { readRadiograph } from '../src/index.js';

const fixtures = fileURLToPath(new URL('fixtures/', import.meta.url));
/** Where radiographs of FracAtlas are, which are not part of the repository. */
const shared = fileURLToPath(new URL('../../../../shared/fracatlas/images/Fractured/', import.meta.url));

interface Conversion {
  file: string;
  transposed_size: [width: number, height: number];
  exif_orientation: number | null;
  resized_L_sha256: string;
  full_L_sha256: string;
}
const readVectors = (name: string) => JSON.parse(readFileSync(fixtures + name, 'utf8')) as Conversion[];
const sha256 = ({ data }: { data: Uint8Array | Uint16Array }) => createHash('sha256').update(data).digest('hex');

async function expectAsPillow(path: string, conversion: Conversion) {
  const full = await readRadiograph(path);
  const [width, height] = conversion.transposed_size;
  expect(full).toMatchObject({ width, height, orientation: conversion.exif_orientation ?? 1 });
  expect(sha256(full)).toBe(conversion.full_L_sha256);
  const resized = await readRadiograph(path, { size: { width: 224, height: 224 } });
  expect(resized).toMatchObject({ width: 224, height: 224, sourceWidth: width, sourceHeight: height });
  expect(sha256(resized)).toBe(conversion.resized_L_sha256);
}

test.each(readVectors('films/pillow.json'))(
  '$file is equal to Pillow to the last grey level, at full size and resized',
  async (conversion) => {
    await expectAsPillow(`${fixtures}films/${conversion.file}`, conversion);
  },
);

const testWithRadiographs = existsSync(shared) ? test : test.skip;
testWithRadiographs.each(readVectors('conversion/conversion.json'))(
  '$file of FracAtlas is equal to Pillow to the last grey level, at full size and resized',
  async (conversion) => {
    await expectAsPillow(shared + conversion.file, conversion);
  },
);

describe('images of every kind as Pillow converts them to grey', () => {
  const expected = JSON.parse(readFileSync(`${fixtures}upright/pillow.json`, 'utf8')) as Record<
    string,
    { mode: string; size: [width: number, height: number]; data: number[] }
  >;
  test.each(Object.entries(expected))('%s', async (name, { size, data }) => {
    const file = [`${fixtures}upright/${name}`, `${fixtures}stored/${name}`].find((path) => existsSync(path));
    const radiograph = await readRadiograph(file!);
    expect([radiograph.width, radiograph.height]).toEqual(size);
    expect([...radiograph.data]).toEqual(data);
  });
});

describe('images that are not as they should be, or deeper', () => {
  let folder: string;
  const at = (name: string) => join(folder, name);
  beforeAll(async () => {
    folder = await temporaryFolder('radiograph-');
  });

  test('16 bits stay 16 bits', async () => {
    const deep = Uint16Array.from([0, 1000, 4095, 65535]);
    await sharp(deep, { raw: { width: 2, height: 2, channels: 1 } })
      .toColourspace('grey16')
      .png()
      .toFile(at('deep.png'));
    expect((await readRadiograph(at('deep.png'))).data).toEqual(deep);
  });

  test('a damaged image is refused with what is wrong, or salvaged with it', async () => {
    const bytes = await readFile(`${fixtures}films/grey.jpg`);
    await writeFile(at('cut.jpg'), bytes.subarray(0, bytes.length / 2));
    await expect(readRadiograph(at('cut.jpg'))).rejects.toMatchObject({
      code: 'image-damaged',
      message: `${at('cut.jpg')} is damaged: the file ends before its image does.`,
    });
    const salvaged = await readRadiograph(at('cut.jpg'), { damaged: 'salvage' });
    expect(salvaged).toMatchObject({ width: 373, height: 454, damage: 'the file ends before its image does' });
  });

  test('what is no image, or is missing, is told by name', async () => {
    await writeFile(at('text.jpg'), 'not an image');
    await expect(readRadiograph(at('text.jpg'))).rejects.toMatchObject({ code: 'image-unreadable' });
    await expect(readRadiograph(at('text.jpg'))).rejects.toThrow('text.jpg');
    await writeFile(at('empty.png'), '');
    await expect(readRadiograph(at('empty.png'))).rejects.toMatchObject({ code: 'image-unreadable' });
    await expect(readRadiograph(at('none.jpg'))).rejects.toMatchObject({ code: 'image-missing' });
    await expect(readRadiograph(at('text.jpg'), { size: { width: 0, height: 4 } })).rejects.toMatchObject({
      code: 'size-invalid',
    });
  });
});
