import { constants } from 'node:buffer';
import { readFile, stat } from 'node:fs/promises';
import { ArrayFilesError, fileError } from './errors.js';

/** As long as a text may be in this version of Node. */
const longestText = constants.MAX_STRING_LENGTH;

/** How a text is read. */
export interface ReadTextOptions {
  /** Refuse larger files (default: as many bytes as a text may have characters, 512 MiB in Node 20). */
  maxBytes?: number;
  /** What to do about a larger file, for the error. */
  remedy?: string;
}

/**
 * Reads a UTF-8 text without its byte order mark, which Excel and some editors on Windows write. The size is checked before
 * memory is taken.
 *
 * @throws ArrayFilesError `file-not-found`, `file-unreadable`, `too-large`.
 */
export async function readTextFile(
  path: string,
  { maxBytes = longestText, remedy = 'Split the file into smaller ones.' }: ReadTextOptions = {},
): Promise<string> {
  try {
    const { size } = await stat(path);
    const most = Math.min(maxBytes, longestText);
    if (size > most) {
      throw new ArrayFilesError(`${path} has ${size} bytes; a text of at most ${most} can be read.`, {
        code: 'too-large',
        remedy,
      });
    }
    return withoutByteOrderMark(await readFile(path, 'utf8'));
  } catch (cause) {
    throw cause instanceof ArrayFilesError ? cause : fileError(path, cause);
  }
}

/** A text without the mark that stands before it. */
export const withoutByteOrderMark = (text: string): string => (text.startsWith('\uFEFF') ? text.slice(1) : text);
