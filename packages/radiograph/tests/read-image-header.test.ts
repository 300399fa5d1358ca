import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '@fractura/testing';
import { expect, test } from '@jest/globals';
import { readImageHeader } from '../src/index.js';

const fixtures = fileURLToPath(new URL('fixtures/', import.meta.url));

test.each([
  ['films/grey.jpg', { bytes: 9471, width: 373, height: 454, orientation: 1, channels: 1 }],
  ['films/upside-down.jpg', { bytes: 5641, width: 181, height: 454, orientation: 3, channels: 3 }],
  ['stored/rgb8.bmp', { bytes: 166, orientation: 1, channels: 3 }],
  ['stored/rgba8.png', { bytes: 215, orientation: 1, channels: 4 }],
  ['stored/grey8.bmp', { bytes: 1134, orientation: 1, channels: 1 }],
])('the header of %s tells its size, orientation and channels', async (name, header) => {
  expect(await readImageHeader(fixtures + name)).toMatchObject(header);
});

test('a file that is no image, is cut in its header, or is missing, is told by name', async () => {
  const folder = await temporaryFolder('header-');
  const file = join(folder, 'cut.bmp');
  await writeFile(file, (await readFile(`${fixtures}stored/rgb8.bmp`)).subarray(0, 100));
  await expect(readImageHeader(file)).rejects.toMatchObject({ code: 'image-unreadable' });
  await expect(readImageHeader(file)).rejects.toThrow(`${file} cannot be read as an image`);
  await expect(readImageHeader(join(folder, 'none.png'))).rejects.toMatchObject({ code: 'image-missing' });
});
