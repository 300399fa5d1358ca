import { parseCsv, type CsvTable } from '@fractura/array-files';
import { reasonOf } from '@fractura/errors';
import { FracatlasLoaderError } from '../errors.js';
import { readText } from './read-text.js';

/** Reads a CSV file with a heading, in any case, that has at least `columns`; the rows are texts by column, in lower case. */
export async function readCsv<Column extends string>(
  path: string,
  { what, columns }: { what: string; columns: readonly Column[] },
): Promise<Record<Column, string>[]> {
  const text = await readText(path, what);
  let table: CsvTable;
  try {
    table = parseCsv(text);
  } catch (cause) {
    throw new FracatlasLoaderError(`${what} ${path} is not a valid CSV table: ${reasonOf(cause)}.`, {
      code: 'csv-invalid',
      remedy: 'Give a table with a heading, cells between commas, semicolons or tabs, and as many cells in each row.',
      cause,
    });
  }
  const { columns: header, rows } = table;
  const missing = columns.filter((column) => !header.includes(column));
  if (missing.length > 0) {
    const found = header.length > 0 ? `it has ${header.join(', ')}` : 'it is empty';
    throw new FracatlasLoaderError(`${what} ${path} lacks the columns ${missing.join(', ')}; ${found}.`, {
      code: 'csv-columns',
      remedy: `Give the table a heading with ${columns.join(', ')}.`,
    });
  }
  return rows;
}
