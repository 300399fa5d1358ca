import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeEach, expect, test } from '@jest/globals';
import { withFolder } from '../src/index.js';
import { holdFolder } from './support/hold-folder.js';

let folder: string;

beforeEach(async () => {
  folder = await temporaryFolder();
});

test('makes the folder, works in it alone and leaves no lock, also where the work fails', async () => {
  const made = join(folder, 'a', 'b');
  expect(await withFolder(made, () => writeFile(join(made, 'result'), '').then(() => 7))).toBe(7);
  expect(await readdir(made)).toEqual(['result']);
  await expect(withFolder(made, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  expect(await readdir(made)).toEqual(['result']);
});

test('a second one in the same process is refused, and may go on afterwards', async () => {
  await withFolder(folder, async () => {
    await expect(withFolder(folder, () => Promise.resolve())).rejects.toMatchObject({ code: 'folder-in-use' });
  });
  expect(await withFolder(folder, () => Promise.resolve(1))).toBe(1);
});

test('while another process works in a folder, a second is refused with its number, host and since when', async () => {
  const before = Date.now();
  const child = await holdFolder(folder);
  const refused = await withFolder(folder, () => Promise.resolve()).catch((error: unknown) => error as Error);
  expect(refused).toMatchObject({
    name: 'ArrayFilesError',
    code: 'folder-in-use',
    remedy: 'Wait until it ends, or choose another folder.',
  });
  const [, since] = /since (\S+)\.$/.exec((refused as Error).message)!;
  expect((refused as Error).message).toBe(
    `${folder} is in use by process ${child.pid} on ${hostname()} since ${since}.`,
  );
  expect(Date.parse(since)).toBeGreaterThanOrEqual(before);
  child.stdin!.write('end');
  await once(child, 'close');
  expect(await readdir(folder)).toEqual([]);
  expect(await withFolder(folder, () => Promise.resolve(1))).toBe(1);
});

test('the folder of a process that was killed is taken over at once', async () => {
  const child = await holdFolder(folder);
  child.kill('SIGKILL');
  await once(child, 'close');
  expect(await readdir(folder)).toEqual(['.in-use']);
  const begin = Date.now();
  expect(await withFolder(folder, () => Promise.resolve(1))).toBe(1);
  expect(Date.now() - begin).toBeLessThan(1000);
  expect(await readdir(folder)).toEqual([]);
});
