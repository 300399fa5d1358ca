import { mkdir, readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeEach, expect, test } from '@jest/globals';

import { withLock } from '../src/lock.js';

let folder: string;

beforeEach(async () => {
  folder = await temporaryFolder('tfjs-engine-lock-');
});

test('only one works at a time, and the lock is gone afterwards', async () => {
  let working = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, (working += 1));
    await new Promise((resolve) => setTimeout(resolve, 20));
    working -= 1;
  };
  await Promise.all([1, 2, 3].map(() => withLock(join(folder, 'lock'), work)));
  expect(most).toBe(1);
  expect(await readdir(folder)).toEqual([]);
});

test('a lock that a killed process left is taken over by one of those that wait', async () => {
  const lock = join(folder, 'lock');
  await mkdir(lock);
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(lock, longAgo, longAgo);
  let working = 0;
  const work = async () => {
    working += 1;
    expect(working).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    working -= 1;
  };
  await Promise.all([1, 2, 3].map(() => withLock(lock, work)));
  expect(await readdir(folder)).toEqual([]);
});

test('waiting ends with the signal', async () => {
  await mkdir(join(folder, 'lock'));
  let waits = 0;
  const waiting = withLock(join(folder, 'lock'), () => Promise.resolve(), {
    signal: AbortSignal.timeout(50),
    onWait: () => (waits += 1),
  });
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  expect(waits).toBe(1);
});
