import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { temporaryFolder } from '@fractura/testing';
import { findRadiographs } from '../../src/radiographs/find-radiographs.js';

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  for (const file of [
    ...['a/x.png', 'a/y.jpg', 'a/deep/x.png', 'a/._x.png', 'a/.hidden/z.png', 'a/notes.txt'],
    ...['b/x.png', 'twice/x.png', 'twice/X.JPG', 'twice/y.bmp', 'out/old_radiograph.png', 'out/x.png'],
  ]) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), '');
  }
});

const find = async (images: string[], { recursive = false, output = 'elsewhere', notes = [] as string[] } = {}) =>
  findRadiographs({
    images: images.map((image) => join(folder, image)),
    recursive,
    output: join(folder, output),
    note: (line) => notes.push(line),
  });
const names = async (...given: Parameters<typeof find>) => (await find(...given)).map(({ name }) => name);

test('one file, and the files of one folder, give their own names', async () => {
  expect(await find(['a/x.png'])).toEqual([{ path: join(folder, 'a/x.png'), file: 'x.png', name: 'x' }]);
  expect(await names(['a'])).toEqual(['x', 'y']);
  expect(await names(['a/y.jpg', 'a/x.png'])).toEqual(['y', 'x']);
});

test('subfolders, and several folders, stay in the names, and nothing is taken twice', async () => {
  expect(await names(['a'], { recursive: true })).toEqual(['deep/x', 'x', 'y']);
  expect(await names(['a', 'b'])).toEqual(['a/x', 'a/y', 'b/x']);
  expect(await names(['b/x.png', 'a', 'a/x.png'])).toEqual(['b/x', 'a/x', 'a/y']);
  expect(await names(['a/deep', 'a'])).toEqual(['deep/x', 'x', 'y']);
});

test('files that differ by the ending alone keep it, whatever their case', async () => {
  expect((await names(['twice'])).sort()).toEqual(['X.JPG', 'x.png', 'y']);
});

test('earlier results below the folder are no radiographs, and results do not go among radiographs', async () => {
  const notes: string[] = [];
  expect(await names([''], { recursive: true, output: 'out', notes })).not.toContain('out/old_radiograph');
  expect(notes).toEqual([`2 images in ${join(folder, 'out')} are left out: results go there.`]);
  await expect(find(['out'], { output: 'out' })).rejects.toMatchObject({ code: 'output-is-input' });
  await expect(find(['a'], { recursive: true, output: '' })).rejects.toMatchObject({ code: 'output-is-input' });
});

test('a file that is not there, and no file at all, are refused', async () => {
  await expect(find(['a/none.png'])).rejects.toMatchObject({ code: 'images-missing' });
  await expect(find([])).rejects.toMatchObject({ code: 'images-missing' });
});
