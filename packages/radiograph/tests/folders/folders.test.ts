import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, expect, test } from '@jest/globals';
import { findImages, listImages, openImageFolder } from '../../src/index.js';

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder('folders-');
  for (const file of [
    'b.PNG',
    'a.jpg',
    'notes.txt',
    '._a.jpg',
    'deep/c.tif',
    'deep/d.bmp',
    'other/d.bmp',
    '.trash/e.png',
  ]) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), '');
  }
});

test('the image files of a folder are listed by name, hidden ones left out', async () => {
  expect(await listImages(folder)).toEqual(['a.jpg', 'b.PNG']);
  expect(await listImages(folder, { recursive: true })).toEqual([
    'a.jpg',
    'b.PNG',
    'deep/c.tif',
    'deep/d.bmp',
    'other/d.bmp',
  ]);
  await expect(listImages(join(folder, 'none'))).rejects.toMatchObject({
    code: 'folder-missing',
    message: expect.stringContaining('none'),
  });
});

test('a folder or one file is found; a folder without images is refused', async () => {
  expect(await findImages(folder)).toEqual({ folder, files: ['a.jpg', 'b.PNG'] });
  expect(await findImages(join(folder, 'a.jpg'))).toEqual({ folder, files: ['a.jpg'] });
  expect((await findImages(folder, { recursive: true })).files).toContain('deep/c.tif');
  await mkdir(join(folder, 'empty'));
  await expect(findImages(join(folder, 'empty'))).rejects.toMatchObject({ code: 'images-missing' });
  await expect(findImages(join(folder, 'none'))).rejects.toMatchObject({ code: 'images-missing' });
});

test('an image is found at its path, else below the folder where its name is unique', async () => {
  const pathOf = await openImageFolder(folder);
  expect(pathOf('a.jpg')).toBe(join(folder, 'a.jpg'));
  expect(pathOf('deep/c.tif')).toBe(join(folder, 'deep/c.tif'));
  expect(pathOf('c.tif')).toBe(join(folder, 'deep/c.tif'));
  expect(() => pathOf('d.bmp')).toThrow(expect.objectContaining({ code: 'image-ambiguous' }));
  expect(() => pathOf('e.bmp')).toThrow(expect.objectContaining({ code: 'image-missing' }));
  await expect(openImageFolder(join(folder, 'none'))).rejects.toMatchObject({ code: 'folder-missing' });
});
