import { writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { readImage } from '../src/index.js';

const folder = fileURLToPath(new URL('fixtures/stored/', import.meta.url));
const golden = JSON.parse(readFileSync(`${folder}skimage.json`, 'utf8')) as Record<
  string,
  { shape: number[]; dtype: string; data: number[] }
>;
/** As nnU-Net refuses them. */
const refused = ['la.png', 'stack.tif'];

let scratch: string;
beforeAll(async () => {
  scratch = await temporaryFolder('read-image-');
});

describe('images as nnU-Net reads them', () => {
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
    await expect(readImage(folder + name)).rejects.toMatchObject({ code: 'image-unreadable' });
  });
});

describe('damaged images', () => {
  test('a file that is no image, or is missing, is told by name', async () => {
    const file = join(scratch, 'text.png');
    await writeFile(file, 'not an image');
    await expect(readImage(file)).rejects.toMatchObject({ code: 'image-unreadable' });
    await expect(readImage(file)).rejects.toThrow(file);
    await expect(readImage(join(scratch, 'none.png'))).rejects.toMatchObject({ code: 'image-missing' });
  });
});
