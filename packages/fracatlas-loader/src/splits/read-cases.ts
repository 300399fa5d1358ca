import { checkArguments, describeValue, rule } from '@fractura/errors';
import { FracatlasLoaderError } from '../errors.js';
import { isObject, readJson } from '../load/read-json.js';

/**
 * Reads which image became which case of a raw data set: a JSON list of `{ case, file }`, as the conversion's mapping is.
 *
 * @returns File names by case.
 * @throws {@link FracatlasLoaderError} `mapping-invalid`, `file-missing`, `json-invalid`.
 */
export async function readCases(path: string): Promise<Map<string, string>> {
  checkArguments({ path }, { path: rule.text }, FracatlasLoaderError);
  const value = await readJson(path, 'The mapping');
  const reject = (entry: unknown): never => {
    throw new FracatlasLoaderError(`The mapping ${path} holds ${describeValue(entry)} where { case, file } belongs.`, {
      code: 'mapping-invalid',
      remedy: 'Give the file that the conversion wrote with --mapping.',
    });
  };
  if (!Array.isArray(value)) {
    return reject(value);
  }
  return new Map(
    value.map((entry: unknown): [string, string] =>
      isObject(entry) && typeof entry.case === 'string' && typeof entry.file === 'string'
        ? [entry.case, entry.file]
        : reject(entry),
    ),
  );
}
