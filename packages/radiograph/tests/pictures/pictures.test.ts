import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { RadiographError } from '../../src/errors.js';
import { readImage } from '../../src/pictures/read-image.js';
import { writeImage } from '../../src/pictures/write-image.js';
import { decodeBmp } from '../../src/pictures/decode-bmp.js';

const folder = fileURLToPath(new URL('../fixtures/pictures/', import.meta.url));
const golden = JSON.parse(readFileSync(`${folder}skimage.json`, 'utf8')) as Record<
  string,
  { shape: number[]; dtype: string; data: number[] }
>;
/** As nnU-Net refuses them. */
const refused = ['la.png', 'stack.tif'];

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'pictures-'));
});

describe('pictures as nnU-Net reads them', () => {
  test.each(Object.entries(golden).filter(([name]) => !refused.includes(name)))('%s', async (name, expected) => {
    const { data, shape, spacing } = await readImage(folder + name);
    expect(shape).toEqual(expected.shape);
    expect(Array.from(data)).toEqual(expected.data);
    expect(spacing).toEqual([999, 1, 1]);
  });

  test.each(['bit1.bmp', 'bit1.png', 'bit1.tif'])('%s has grey levels when asked for', async (name) => {
    const { data } = await readImage(folder + name, { white: 255 });
    expect(Array.from(data)).toEqual(golden[name].data.map((bit) => bit * 255));
  });

  test.each(refused)('%s is refused', async (name) => {
    await expect(readImage(folder + name)).rejects.toMatchObject({ code: 'picture-unreadable' });
  });
});

describe('pictures written', () => {
  const grey = { data: Uint8Array.from({ length: 15 }, (_, i) => i * 17), shape: [3, 5] };
  const rgb = { data: Uint8Array.from({ length: 45 }, (_, i) => (i * 41) % 256), shape: [3, 5, 3] };
  const rgba = { data: Uint8Array.from({ length: 60 }, (_, i) => (i * 41) % 256), shape: [3, 5, 4] };
  const deep = { data: Uint16Array.from({ length: 15 }, (_, i) => i * 4369), shape: [3, 5] };
  const deepRgb = { data: Uint16Array.from({ length: 45 }, (_, i) => (i * 9999) % 65536), shape: [3, 5, 3] };

  test.each([
    ['grey.png', grey],
    ['grey.tif', grey],
    ['grey.bmp', grey],
    ['rgb.png', rgb],
    ['rgb.tiff', rgb],
    ['rgb.bmp', rgb],
    ['rgba.png', rgba],
    ['deep.png', deep],
    ['deep.tif', deep],
    ['deep-rgb.png', deepRgb],
  ])('%s reads back as it was written', async (name, picture) => {
    const file = join(scratch, name);
    await writeImage(file, picture);
    expect(await readImage(file)).toMatchObject(picture);
  });

  test.each([
    ['a.jpg', grey],
    ['a.png', { ...grey, shape: [3, 6] }],
    ['a.png', { data: new Uint8Array(30), shape: [3, 5, 2] }],
    ['a.bmp', deep],
    ['a.tif', { data: new Float32Array(15), shape: [3, 5] }],
  ])('%s is refused where it cannot hold the picture', async (name, picture) => {
    await expect(writeImage(join(scratch, name), picture)).rejects.toMatchObject({ code: 'picture-invalid' });
  });
});

describe('damaged pictures', () => {
  test('a file that is no picture, or is missing, is told by name', async () => {
    const file = join(scratch, 'text.png');
    await writeFile(file, 'not a picture');
    await expect(readImage(file)).rejects.toMatchObject({ code: 'picture-unreadable' });
    await expect(readImage(file)).rejects.toThrow(file);
    await expect(readImage(join(scratch, 'none.png'))).rejects.toMatchObject({ code: 'file-not-found' });
  });

  test('a cut or altered BMP is refused or read within its bytes', async () => {
    for (const name of ['grey8.bmp', 'pal.bmp', 'bit1.bmp', 'rgb8.bmp', 'rgba8.bmp']) {
      const sound = await readFile(folder + name);
      for (let at = 0; at < 54; at += 1) {
        for (const value of [0, 1, 0x7f, 0xff]) {
          const bytes = Buffer.from(sound);
          bytes[at] = value;
          const cut = bytes.subarray(0, value === 1 ? sound.length - 1 : sound.length);
          try {
            expect(decodeBmp(cut, name).data.length).toBeLessThan(sound.length * 8 * 3);
          } catch (error) {
            if (!(error instanceof RadiographError)) {
              throw error;
            }
            expect(error.code).toBe('picture-unreadable');
          }
        }
      }
    }
  });
});
