import { statfs } from 'node:fs/promises';
import { makeFolder } from '@fractura/array-files';
import { TfjsEngineError } from '../errors.js';

/** Kept free beside what is installed, in 1e6 bytes. */
const spareMb = 200;

/**
 * Makes a folder, and checks that its disk has room.
 *
 * @throws TfjsEngineError `no-space`; ArrayFilesError `file-unwritable` where the folder cannot be made.
 */
export async function checkSpace(folder: string, neededMb: number): Promise<void> {
  await makeFolder(folder);
  const { bavail, bsize } = await statfs(folder);
  const freeMb = Math.floor((bavail * bsize) / 1e6);
  if (freeMb >= neededMb + spareMb) return;
  throw new TfjsEngineError(
    `${folder} has ${freeMb} MB left; the native engine needs ${neededMb + spareMb} MB for a while.`,
    { code: 'no-space', remedy: 'Free some space, or name another folder in FRACTURA_CACHE.' },
  );
}
