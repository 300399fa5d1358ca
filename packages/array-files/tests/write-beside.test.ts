import { lstat, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { temporaryFolder } from '@fractura/testing';
import { beforeEach, expect, test } from '@jest/globals';
import { piecesOf, writeBeside, writeFileBeside } from '../src/index.js';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await temporaryFolder('write-beside-');
  file = join(folder, 'array.bin');
});

const content = Uint8Array.from({ length: 3_000_000 }, (_, i) => (i * 7) & 255);

test('pieces become one file', async () => {
  await writeBeside(file, piecesOf(content));
  expect(Buffer.compare(await readFile(file), content)).toBe(0);
  expect(await readdir(folder)).toEqual(['array.bin']);
});

test.each([0, 1, 9])('gzip of level %d streams', async (gzipLevel) => {
  await writeBeside(file, piecesOf(content), { gzipLevel });
  expect(Buffer.compare(gunzipSync(await readFile(file)), content)).toBe(0);
});

test('a source that fails leaves the old file and nothing beside it', async () => {
  await writeFile(file, 'old');
  function* failing() {
    yield content;
    throw new Error('the disk of the source is gone');
  }
  for (const gzipLevel of [undefined, 1]) {
    await expect(writeBeside(file, failing(), { gzipLevel })).rejects.toMatchObject({ code: 'file-unwritable' });
    expect(await readdir(folder)).toEqual(['array.bin']);
    expect(await readFile(file, 'utf8')).toBe('old');
  }
});

test('a signal stops the writing and leaves nothing', async () => {
  const stop = new AbortController();
  function* endless() {
    for (let piece = 0; ; piece += 1) {
      if (piece === 3) {
        stop.abort(new Error('enough'));
      }
      yield new Uint8Array(1000);
    }
  }
  await expect(writeBeside(file, endless(), { signal: stop.signal })).rejects.toThrow('enough');
  expect(await readdir(folder)).toEqual([]);
});

test('a folder that is not there is told by name', async () => {
  const nowhere = join(folder, 'none', 'array.bin');
  await expect(writeBeside(nowhere, [content])).rejects.toThrow(nowhere);
});

test('a text is written as UTF-8, and an empty one leaves an empty file', async () => {
  await writeFileBeside(file, 'räume\n');
  expect(await readFile(file, 'utf8')).toBe('räume\n');
  await writeFileBeside(file, '');
  expect(await readFile(file, 'utf8')).toBe('');
  expect(await readdir(folder)).toEqual(['array.bin']);
});

test('a symbolic link stays, and the file that it points to is replaced', async () => {
  const link = join(folder, 'link');
  await writeFile(file, 'old');
  await symlink(file, link);
  await writeFileBeside(link, 'new', { flush: false });
  expect((await lstat(link)).isSymbolicLink()).toBe(true);
  expect(await readFile(file, 'utf8')).toBe('new');
});

test('a symbolic link is itself replaced where it is not to be followed', async () => {
  const link = join(folder, 'link');
  await writeFile(file, 'old');
  await symlink(file, link);
  await writeFileBeside(link, 'new', { links: 'replace' });
  expect((await lstat(link)).isSymbolicLink()).toBe(false);
  expect([await readFile(file, 'utf8'), await readFile(link, 'utf8')]).toEqual(['old', 'new']);
});
