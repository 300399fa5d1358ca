import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** A lock not touched for so long was left by a process that was killed. */
const staleAfterMs = 30_000;

/** How to wait for a lock. */
export interface LockOptions {
  signal?: AbortSignal | undefined;
  /** Called once when another process holds it. */
  onWait?: () => void;
}

/** Runs `work` while no other process holds the lock, a folder; waits for as long as another does. */
export async function withLock<Result>(
  path: string,
  work: () => Promise<Result>,
  { signal, onWait }: LockOptions = {},
): Promise<Result> {
  for (let waits = 0; !(await take(path)); waits += 1) {
    if (waits === 0) {
      onWait?.();
    }
    await sleep(500, undefined, signal === undefined ? {} : { signal });
  }
  const touch = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, staleAfterMs / 6);
  try {
    return await work();
  } finally {
    clearInterval(touch);
    await rm(path, { recursive: true, force: true });
  }
}

async function take(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw error;
    }
    const held = await stat(path).catch(() => undefined);
    if (held && Date.now() - held.mtimeMs > staleAfterMs) {
      await removeStale(path, held.ino);
    }
    return false;
  }
}

/** Of several that find a stale lock, one renames it away; another, that would hit the lock taken since, puts it back. */
async function removeStale(path: string, inode: number): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  if ((await stat(aside)).ino === inode) {
    await rm(aside, { recursive: true });
  } else {
    await rename(aside, path);
  }
}
