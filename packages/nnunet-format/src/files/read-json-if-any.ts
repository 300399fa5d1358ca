import { readFile, stat } from 'node:fs/promises';
import { withoutByteOrderMark } from '@fractura/array-files';
import { describeValue, FracturaError, isMissing, reasonOf } from '@fractura/errors';
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

/** No description of a data set or model is larger; more would not fit the memory as objects. */
const largestFile = 64 << 20;

/**
 * The content of a JSON file as Python writes it, an object or a list, or undefined where there is no such file. A byte order
 * mark is passed over.
 *
 * @throws NnunetFormatError of the kind's code, naming the file; what `check` throws where that has a code and a remedy.
 */
export async function readJsonIfAny<Content>(
  file: string,
  { what, code, remedy, check }: JsonKind<Content>,
): Promise<Content | undefined> {
  const wrong = (cause: unknown, way: string) =>
    new NnunetFormatError(`${file} is not ${what}: ${reasonOf(cause)}.`, { code, remedy: way, cause });
  const text = await readTextIfAny(file);
  if (text === undefined) {
    return undefined;
  }
  let content: Record<string, unknown>;
  try {
    content = objectIn(text);
  } catch (cause) {
    throw wrong(cause, remedy);
  }
  try {
    return check(content);
  } catch (cause) {
    throw FracturaError.isInstance(cause) ? cause : wrong(cause, remedy);
  }
}

/**
 * A text file as UTF-8 without its byte order mark, or undefined where there is no such file.
 *
 * @throws NnunetFormatError `file-too-large` beyond 64 MiB.
 */
export async function readTextIfAny(file: string): Promise<string | undefined> {
  try {
    const { size } = await stat(file);
    if (size > largestFile) {
      throw new NnunetFormatError(`${file} has ${size} bytes; descriptions of nnU-Net have at most ${largestFile}.`, {
        code: 'file-too-large',
        remedy: 'Check that it is the right file.',
      });
    }
    return withoutByteOrderMark(await readFile(file, 'utf8'));
  } catch (error) {
    if (isMissing(error)) {
      return undefined;
    }
    throw error;
  }
}

function objectIn(text: string): Record<string, unknown> {
  const content = parsePythonJson(text);
  if (typeof content !== 'object' || content === null) {
    throw new Error(`it holds ${describeValue(content)}`);
  }
  return content as Record<string, unknown>;
}
