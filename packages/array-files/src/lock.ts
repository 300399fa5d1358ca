import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { reasonOf } from '@fractura/errors';
import { ArrayFilesError } from './errors.js';
import { isGone, ownerOf, type LockOwner } from './lock-owner.js';

/** A lock of another machine, whose processes cannot be asked, is left behind when nobody touched it for so long. */
const staleAfterMs = 120_000;

const touchEveryMs = 10_000;
const askEveryMs = 500;

/** What happens while another holds the lock. */
export interface LockOptions {
  signal?: AbortSignal | undefined;
  /** Called once when the lock is held and waited for. */
  onWait?: () => void;
  /** Refuse with this error instead of waiting. */
  refusal?: (owner: LockOwner) => Error;
}

/**
 * Runs `work` while nobody else holds the lock. Waits for as long as another does, or refuses.
 *
 * A lock survives its process: it is taken over at once where the process ran on this machine and is gone (`kill -9`), and
 * after two minutes without a sign of life where it ran on another machine that shares the disk.
 *
 * @param path of the lock, a folder while it is held; the folder that it lies in exists.
 * @throws ArrayFilesError `file-unwritable`; the refusal; what `work` throws.
 */
export async function withLock<Result>(
  path: string,
  work: () => Promise<Result>,
  { signal, onWait, refusal }: LockOptions = {},
): Promise<Result> {
  for (let waits = 0; !(await take(path)); waits += 1) {
    const owner = await holderOf(path);
    if (owner === 'nobody') {
      continue;
    }
    if (refusal) {
      throw refusal(owner);
    }
    if (waits === 0) {
      onWait?.();
    }
    await sleep(askEveryMs, undefined, signal === undefined ? {} : { signal });
  }
  const touch = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, touchEveryMs);
  touch.unref();
  try {
    return await work();
  } finally {
    clearInterval(touch);
    await moveAway(path);
  }
}

/** A folder comes into being with its owner in it: a rename does not replace a folder that holds something. */
async function take(path: string): Promise<boolean> {
  const beside = `${path}.${randomUUID()}`;
  try {
    await mkdir(beside);
    await writeFile(ownerFile(beside), JSON.stringify(ownerOf()));
    return await renameIfFree(beside, path);
  } catch (cause) {
    throw new ArrayFilesError(`The lock ${path} cannot be taken: ${reasonOf(cause)}.`, {
      code: 'file-unwritable',
      remedy: 'Check that the folder exists, may be written to and has room.',
      cause,
    });
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

async function renameIfFree(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (whereTaken.has((error as NodeJS.ErrnoException).code)) {
      return false;
    }
    throw error;
  }
}

/** Who holds a lock; a lock that was left behind is removed, and nobody's. */
async function holderOf(path: string): Promise<LockOwner | 'nobody'> {
  const held = await stat(path).catch(() => undefined);
  if (!held) {
    return 'nobody';
  }
  const owner = await readOwner(path);
  const isLeft = (owner && isGone(owner)) ?? Date.now() - held.mtimeMs > staleAfterMs;
  if (isLeft) {
    await moveAway(path, held.ino);
    return 'nobody';
  }
  return owner ?? { ...unknownOwner, since: held.mtime.toISOString() };
}

/** Of several that find a lock left behind, one moves it away; another, that would hit the lock taken since, puts it back. */
async function moveAway(path: string, inode?: number): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  if (inode === undefined || (await stat(aside)).ino === inode) {
    await rm(aside, { recursive: true, force: true });
  } else {
    await rename(aside, path);
  }
}

async function readOwner(path: string): Promise<LockOwner | undefined> {
  try {
    return JSON.parse(await readFile(ownerFile(path), 'utf8')) as LockOwner;
  } catch {
    return undefined;
  }
}

const ownerFile = (path: string) => join(path, 'owner.json');

const unknownOwner = { processId: 0, host: 'unknown', machine: '', started: '' };

/** What systems say of a rename to a folder that holds something; EPERM is Windows'. */
const whereTaken = new Set<string | undefined>(['ENOTEMPTY', 'EEXIST', 'EPERM']);
