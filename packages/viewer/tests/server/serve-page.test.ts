import { writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { temporaryFolder } from '@fractura/testing';
import { servePage, type ServedPage } from '../../src/index.js';
import { writeTestPage } from '../support/write-test-page.js';

let folder: string;
let served: ServedPage;
beforeAll(async () => {
  folder = join(await temporaryFolder(), 'page');
  await writeTestPage(folder);
  await writeFile(join(folder, 'secret.txt'), 'not of the page');
  await writeFile(join(folder, '..', 'outside.txt'), 'not of the folder');
  served = await servePage({ folder });
});
afterAll(() => served.close());

interface Answer {
  status: number;
  headers: Record<string, unknown>;
  body: string;
}

/** As it is written, where `fetch` would tidy the path up. */
const ask = (path: string, { method = 'GET', host }: { method?: string; host?: string } = {}) =>
  new Promise<Answer>((resolve, reject) => {
    const { hostname, port } = new URL(served.url);
    const headers = host === undefined ? {} : { host };
    request({ hostname, port, path, method, headers, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => (body += text));
      response.on('end', () => {
        resolve({ status: response.statusCode!, headers: response.headers, body });
      });
    })
      .on('error', reject)
      .end();
  });

test('the page is served on the loopback address, with a policy that lets nothing foreign in', async () => {
  expect(served.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  const { status, headers, body } = await ask('/');
  expect(status).toBe(200);
  expect(body).toContain('For research, not a medical device.');
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/https?:|\*|'unsafe-(inline|eval)'/);
  expect(headers).toMatchObject({
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'x-content-type-options': 'nosniff',
  });
  expect((await ask('/viewer-model.json')).headers['content-type']).toContain('application/json');
});

test.each([
  '/secret.txt',
  '/../outside.txt',
  '/%2e%2e/outside.txt',
  '/..%2foutside.txt',
  '/..\\outside.txt',
  '//etc/passwd',
  '/./secret.txt',
  '/page-files.json/',
  '/INDEX.HTML',
  `/${'a'.repeat(4000)}`,
])('%.40s is no file of the page', async (path) => {
  const { status, body } = await ask(path);
  expect({ status, body }).toEqual({ status: 404, body: 'The page has no such file.\n' });
});

test('nothing is taken, and no other host is answered', async () => {
  expect((await ask('/', { method: 'POST' })).status).toBe(405);
  expect((await ask('/', { method: 'PUT' })).status).toBe(405);
  expect((await ask('/', { host: 'evil.example' })).status).toBe(421);
  expect((await ask('/', { host: `evil.example:${new URL(served.url).port}` })).status).toBe(421);
  const head = await ask('/', { method: 'HEAD' });
  expect({ status: head.status, body: head.body }).toEqual({ status: 200, body: '' });
  expect(Number(head.headers['content-length'])).toBeGreaterThan(1000);
});

test('a header that is too long is refused', async () => {
  const { status } = await ask(`/${'a'.repeat(20_000)}`);
  expect(status).toBe(431);
});

test('a port in use and a folder without a page are refused by name', async () => {
  const port = Number(new URL(served.url).port);
  await expect(servePage({ folder, port })).rejects.toMatchObject({ code: 'port-taken' });
  await expect(servePage({ folder: join(folder, 'none') })).rejects.toMatchObject({ code: 'page-missing' });
  const list = { offline: false, files: ['index.html', '../outside.txt'] };
  await writeFile(join(folder, '..', 'page-files.json'), JSON.stringify(list));
  await expect(servePage({ folder: join(folder, '..') })).rejects.toMatchObject({ code: 'page-missing' });
});
