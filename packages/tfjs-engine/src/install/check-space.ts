import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { makeFolder } from '@fractura/array-files';
import { spaceRemedy } from '@fractura/pinned-downloads';
import { reasonOf } from '@fractura/errors';
import { TfjsEngineError } from '../errors.js';

/** Kept free beside what is installed, in 1e6 bytes. */
const spareMb = 200;

/**
 * Makes a folder, and checks that it may be written and that its disk has room.
 *
 * @throws TfjsEngineError `cache-unwritable`, `no-space`; ArrayFilesError `file-unwritable` where the folder cannot be made.
 */
export async function checkSpace(folder: string, neededMb: number): Promise<void> {
  await makeFolder(folder);
  // The dot refuses a file in the folder's place.
  await access(`${folder}/.`, constants.W_OK).catch((cause: unknown) => {
    throw new TfjsEngineError(`${folder} cannot be written: ${reasonOf(cause)}.`, {
      code: 'cache-unwritable',
      remedy: 'Name another folder in FRACTURA_CACHE.',
      cause,
    });
  });
  const { bavail, bsize } = await statfs(folder);
  const freeMb = Math.floor((bavail * bsize) / 1e6);
  if (freeMb >= neededMb + spareMb) {
    return;
  }
  throw new TfjsEngineError(
    `${folder} has ${freeMb} MB left; the native engine needs ${neededMb + spareMb} MB for a while.`,
    { code: 'no-space', remedy: spaceRemedy },
  );
}
