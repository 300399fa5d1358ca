import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeEach, expect, test } from '@jest/globals';
import { ownerOf, type LockOwner } from '../src/lock-owner.js';
import { withLock } from '../src/index.js';

let folder: string;
let lock: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  lock = join(folder, 'lock');
});

/** A lock as a process left it, untouched for some seconds. */
async function leaveLock(owner: LockOwner, seconds: number): Promise<void> {
  await mkdir(lock);
  await writeFile(join(lock, 'owner.json'), JSON.stringify(owner));
  const then = new Date(Date.now() - seconds * 1000);
  await utimes(lock, then, then);
}

const waiting = () => withLock(lock, () => Promise.resolve('done'), { signal: AbortSignal.timeout(50) });
const elsewhere = { ...ownerOf(), host: 'elsewhere', machine: 'elsewhere' };

test('only one works at a time, and the lock is gone afterwards', async () => {
  let working = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, (working += 1));
    await new Promise((resolve) => setTimeout(resolve, 20));
    working -= 1;
  };
  await Promise.all([1, 2, 3].map(() => withLock(lock, work)));
  expect(most).toBe(1);
  expect(await readdir(folder)).toEqual([]);
});

test('a lock that another machine has not touched for two minutes is taken over by one of those that wait', async () => {
  await leaveLock(elsewhere, 121);
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

test('one that another machine touched within two minutes is waited for', async () => {
  await leaveLock(elsewhere, 110);
  await expect(waiting()).rejects.toMatchObject({ name: 'AbortError' });
});

test('one of a process of this machine is waited for as long as it lives, and not when its number is another’s now', async () => {
  await leaveLock(ownerOf(), 10_000);
  await expect(waiting()).rejects.toMatchObject({ name: 'AbortError' });
  await writeFile(join(lock, 'owner.json'), JSON.stringify({ ...ownerOf(), started: 'earlier' }));
  expect(await waiting()).toBe('done');
});

test('waiting is told once and ends with the signal', async () => {
  await leaveLock(ownerOf(), 0);
  let waits = 0;
  const refused = withLock(lock, () => Promise.resolve(), {
    signal: AbortSignal.timeout(700),
    onWait: () => (waits += 1),
  });
  await expect(refused).rejects.toMatchObject({ name: 'AbortError' });
  expect(waits).toBe(1);
});

test('a folder that is absent is said', async () => {
  await expect(withLock(join(folder, 'absent', 'lock'), () => Promise.resolve())).rejects.toMatchObject({
    code: 'file-unwritable',
    message: expect.stringContaining('absent'),
  });
});
