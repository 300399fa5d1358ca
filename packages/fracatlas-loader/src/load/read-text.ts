import { readFile } from 'node:fs/promises';
import { withoutByteOrderMark } from '@fractura/array-files';
import { isMissing, reasonOf } from '@fractura/errors';
import { FracatlasLoaderError } from '../errors.js';

/** Reads a UTF-8 text file without its byte order mark; `what` names it in the error. */
export async function readText(path: string, what: string): Promise<string> {
  try {
    return withoutByteOrderMark(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new FracatlasLoaderError(`${what} ${path} cannot be read: ${reasonOf(cause)}.`, {
      code: isMissing(cause) ? 'file-missing' : 'file-unreadable',
      remedy: 'Give the folder that holds the whole archive, or restore the file from it.',
      cause,
    });
  }
}
