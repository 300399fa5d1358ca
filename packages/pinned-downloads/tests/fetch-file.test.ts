import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { checkFileHash, fetchFile, sha256Of } from '../src/index.js';

const content = 'weights';
const sha256 = createHash('sha256').update(content).digest('hex');
let server: Server;
let address: string;
let folder: string;

beforeAll(async () => {
  server = createServer(({ url }, response) => {
    response.statusCode = url === '/weights' ? 200 : 404;
    response.end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
});
beforeEach(async () => {
  folder = await temporaryFolder();
});

test('a file of the right content is written to its place, in a folder that is made', async () => {
  const target = join(folder, 'made', 'weights');
  await fetchFile({ url: `${address}/weights`, sha256: sha256.slice(0, 8) }, { target, remedy: '' });
  expect(await readFile(target, 'utf8')).toBe(content);
  expect(readdirSync(join(folder, 'made'))).toEqual(['weights']);
});

test('one of another content leaves nothing, and the file that was there as it was', async () => {
  const target = join(folder, 'weights');
  await writeFile(target, 'before');
  const fetched = fetchFile({ url: `${address}/weights`, sha256: '0000' }, { target, remedy: '' });
  await expect(fetched).rejects.toMatchObject({ code: 'file-hash', message: expect.stringContaining(sha256) });
  expect(await readFile(target, 'utf8')).toBe('before');
  expect(readdirSync(folder)).toEqual(['weights']);
});

test('a server without the file is said, with the remedy that was given', async () => {
  const target = join(folder, 'weights');
  const fetched = fetchFile({ url: `${address}/absent`, sha256 }, { target, remedy: 'Fetch it elsewhere.' });
  await expect(fetched).rejects.toMatchObject({
    code: 'download-failed',
    message: `${address}/absent could not be fetched: the server answers 404.`,
    remedy: 'Fetch it elsewhere.',
  });
  expect(existsSync(target)).toBe(false);
});

test('a hash is compared by the digits that are known', async () => {
  const file = join(folder, 'weights');
  await writeFile(file, content);
  expect(await sha256Of(file)).toBe(sha256);
  await checkFileHash(file, sha256.slice(0, 4));
  await expect(checkFileHash(file, `${sha256.slice(0, 4)}x`)).rejects.toMatchObject({ code: 'file-hash' });
});
