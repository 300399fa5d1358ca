import { truncate, writeFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { useTemporaryFolder } from '@fractura/testing';
import { readTextFile } from '../src/index.js';

const place = useTemporaryFolder();

test('a text comes without its byte order mark', async () => {
  await writeFile(place('a.txt'), '\uFEFFa\uFEFFb');
  expect(await readTextFile(place('a.txt'))).toBe('a\uFEFFb');
});

test('a file that is too large is refused before it is read, with what to do', async () => {
  await writeFile(place('large.txt'), '');
  await truncate(place('large.txt'), 2 ** 40);
  await expect(readTextFile(place('large.txt'), { remedy: 'Split it.' })).rejects.toMatchObject({
    code: 'too-large',
    message: expect.stringMatching(/large\.txt has 1099511627776 bytes; a text of at most \d+ can be read\./),
    remedy: 'Split it.',
  });
});

test('a file that is missing, and a folder', async () => {
  await expect(readTextFile(place('none'))).rejects.toMatchObject({ code: 'file-not-found' });
  await expect(readTextFile(place(''))).rejects.toMatchObject({ code: 'file-unreadable' });
});
