import { readFile } from 'node:fs/promises';
import { parsePythonJson } from '@fractura/python-compat';
import { NnunetFormatError } from './errors.js';

/** How a file of nnU-Net's is checked, and what is said of one that is not sound. */
export interface JsonKind<Content> {
  /** Such as `a plans file`. */
  what: string;
  code: string;
  remedy: string;
  /** Gives the content back, or throws an error that says what is wrong with it. */
  check: (content: unknown) => Content;
}

/**
 * The content of a JSON file as Python writes it, or nothing where there is no such file.
 *
 * @throws NnunetFormatError of the kind's code, naming the file.
 */
export async function readJsonIfAny<Content>(
  file: string,
  { what, code, remedy, check }: JsonKind<Content>,
): Promise<Content | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
  try {
    return check(parsePythonJson(text));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new NnunetFormatError(`${file} is not ${what}: ${reason}.`, { code, remedy, cause });
  }
}
