import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { reasonOf } from '@fractura/errors';
import { ArrayFilesError } from './errors.js';

/**
 * Creates a folder and those above it where they are missing.
 *
 * Node's own `recursive` never ends below a file system that answers ENOENT to every new folder, as `/proc` does.
 *
 * @throws ArrayFilesError `file-unwritable`.
 */
export async function makeFolder(path: string): Promise<void> {
  const missing: string[] = [];
  for (let folder = resolve(path); !existsSync(folder); folder = dirname(folder)) {
    missing.unshift(folder);
  }
  try {
    for (const folder of missing) {
      await mkdir(folder).catch(ignoreExisting);
    }
  } catch (cause) {
    throw new ArrayFilesError(`The folder ${path} cannot be created: ${reasonOf(cause)}.`, {
      code: 'file-unwritable',
      remedy: 'Check the path and the permissions of the folder above it.',
      cause,
    });
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') {
    throw error;
  }
}
