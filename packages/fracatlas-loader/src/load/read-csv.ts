import { parse } from 'csv-parse/sync';
import { reasonOf } from '@fractura/errors';
import { FracatlasLoaderError } from '../errors.js';
import { readText } from './read-text.js';

/** Reads a CSV file with a header line that has at least `columns`; the rows are texts by column. */
export async function readCsv<Column extends string>(
  path: string,
  { what, columns }: { what: string; columns: readonly Column[] },
): Promise<Record<Column, string>[]> {
  const text = await readText(path, what);
  let header: string[] = [];
  let rows: Record<string, string>[];
  try {
    rows = parse<Record<string, string>>(text, {
      columns: (names: string[]) => (header = names),
      skip_empty_lines: true,
      trim: true,
    });
  } catch (cause) {
    throw new FracatlasLoaderError(`${what} ${path} is not a valid CSV table: ${reasonOf(cause)}.`, {
      code: 'csv-invalid',
      remedy: 'Restore the file from the original archive.',
      cause,
    });
  }
  const missing = columns.filter((column) => !header.includes(column));
  if (missing.length > 0) {
    const found = header.length > 0 ? `it has ${header.join(', ')}` : 'it is empty';
    throw new FracatlasLoaderError(`${what} ${path} lacks the columns ${missing.join(', ')}; ${found}.`, {
      code: 'csv-columns',
      remedy: 'Restore the file from the original archive.',
    });
  }
  return rows;
}
