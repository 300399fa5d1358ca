import { readdir } from 'node:fs/promises';
import { isMissing, reasonOf } from '@fractura/errors';
import { FracatlasLoaderError } from '../errors.js';

/** The names of the visible files in a folder, sorted; undefined where there is no such folder. */
export async function listFolder(path: string): Promise<string[] | undefined> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'))
      .map((entry) => entry.name)
      .sort();
  } catch (cause) {
    if (isMissing(cause)) {
      return undefined;
    }
    throw new FracatlasLoaderError(`The folder ${path} cannot be read: ${reasonOf(cause)}.`, {
      code: 'folder-unreadable',
      remedy: 'Check the permissions of the folder.',
      cause,
    });
  }
}
