import { readFile } from 'node:fs/promises';
import { isMissing, reasonOf } from '@fractura/errors';
import { parsePythonJson } from '@fractura/python-compat';
import { NnunetFormatError } from '../errors.js';

/** How a JSON file of nnU-Net's is checked, and what is said of one that is damaged. */
export interface JsonKind<Content> {
  /** Such as `a plans file`. */
  what: string;
  code: string;
  remedy: string;
  /** Gives the content back, or throws an error that says what is wrong with it, as `it has no configurations`. */
  check: (content: Record<string, unknown>) => Content;
}

/**
 * The content of a JSON file as Python writes it, an object or a list, or undefined where there is no such file.
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
    if (isMissing(error)) {
      return undefined;
    }
    throw error;
  }
  try {
    return check(objectIn(text));
  } catch (cause) {
    throw new NnunetFormatError(`${file} is not ${what}: ${reasonOf(cause)}.`, { code, remedy, cause });
  }
}

function objectIn(text: string): Record<string, unknown> {
  const content = parsePythonJson(text);
  if (typeof content !== 'object' || content === null) {
    throw new Error(`it holds ${JSON.stringify(content)}`);
  }
  return content as Record<string, unknown>;
}
