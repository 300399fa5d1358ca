import { readFile } from 'node:fs/promises';
import { FracatlasLoaderError } from '../errors.js';

/** Reads a UTF-8 text file without its byte order mark; `what` names it in the error. */
export async function readText(path: string, what: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
  } catch (cause) {
    throw new FracatlasLoaderError(`${what} ${path} cannot be read: ${reasonOf(cause)}.`, {
      code: isMissing(cause) ? 'file-missing' : 'file-unreadable',
      remedy: 'Give the folder that holds the whole archive, or restore the file from it.',
      cause,
    });
  }
}

/** Whether a failure of the file system says that there is no such file; errors of another realm count too. */
export function isMissing(cause: unknown): boolean {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

export function reasonOf(cause: unknown): string {
  if (isMissing(cause)) {
    return 'it does not exist';
  }
  return cause instanceof Error ? cause.message : String(cause);
}
