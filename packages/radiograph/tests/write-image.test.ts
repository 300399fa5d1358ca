import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { readImage, writeImage } from '../src/index.js';

let scratch: string;
beforeAll(async () => {
  scratch = await temporaryFolder('write-image-');
});

describe('images written', () => {
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
  ])('%s reads back as it was written', async (name, image) => {
    const file = join(scratch, name);
    await writeImage(file, image);
    expect(await readImage(file)).toMatchObject(image);
  });

  test.each([
    ['a.jpg', grey],
    ['a.png', { ...grey, shape: [3, 6] }],
    ['a.png', { data: new Uint8Array(30), shape: [3, 5, 2] }],
    ['a.bmp', deep],
    ['a.tif', { data: new Float32Array(15), shape: [3, 5] }],
  ])('%s is refused where it cannot hold the image', async (name, image) => {
    await expect(writeImage(join(scratch, name), image)).rejects.toMatchObject({ code: 'image-invalid' });
  });
});
