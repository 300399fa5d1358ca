import { parsePythonJson } from '@fractura/python-compat';
import { describeValue, reasonOf } from '@fractura/errors';
import { FracatlasLoaderError } from '../errors.js';
import { readText } from './read-text.js';

/** Reads a JSON file, in which NaN may stand for a number, as Python writes it; `what` names it in the error. */
export async function readJson(path: string, what: string): Promise<unknown> {
  const text = await readText(path, what);
  try {
    return parsePythonJson(text);
  } catch (cause) {
    throw new FracatlasLoaderError(`${what} ${path} is not valid JSON: ${reasonOf(cause)}.`, {
      code: 'json-invalid',
      remedy: 'Restore the file from the original archive.',
      cause,
    });
  }
}

/** Reads a JSON file whose top level is an object. */
export async function readJsonObject(path: string, what: string): Promise<Record<string, unknown>> {
  const value = await readJson(path, what);
  if (!isObject(value)) {
    throw new FracatlasLoaderError(`${what} ${path} holds ${describeValue(value)} where a JSON object belongs.`, {
      code: 'json-unexpected',
      remedy: 'Restore the file from the original archive.',
    });
  }
  return value;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
