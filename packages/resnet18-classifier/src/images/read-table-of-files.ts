import { parseCsv, readTextFile } from '@fractura/array-files';
import { reasonOf } from '@fractura/errors';
import { Resnet18ClassifierError } from '../errors.js';

/** A row of a table of files, and how what is wrong with it is told. */
export interface RowOfFile {
  file: string;
  label: string;
  /** By heading. */
  others: Partial<Record<string, string>>;
  /** An error that names the table and this row, such as `has the split ""`. */
  invalid: (what: string) => Resnet18ClassifierError;
}

/**
 * Reads a CSV table in which each row has a `file`, named once, and a `label`.
 *
 * @param remedy what the table must be
 * @param read takes each row, in their order, before the next one is looked at
 * @throws Resnet18ClassifierError `labels-invalid`, naming the row
 */
export async function readTableOfFiles<Row>(
  path: string,
  remedy: string,
  read: (row: RowOfFile) => Row,
): Promise<{ rows: Row[]; invalid: (what: string) => Resnet18ClassifierError }> {
  const invalid = (what: string, cause?: unknown) =>
    new Resnet18ClassifierError(`${path} ${what}.`, { code: 'labels-invalid', remedy, cause });
  let rows: Partial<Record<string, string>>[];
  try {
    rows = parseCsv(await readTextFile(path)).rows;
  } catch (cause) {
    throw invalid(`cannot be read as a table: ${reasonOf(cause)}`, cause);
  }
  const seen = new Set<string>();
  return {
    invalid,
    rows: rows.map(({ file, label, ...others }, n) => {
      const where = `in row ${n + 1}`;
      if (!file || !label) {
        throw invalid(`has no ${file ? 'label' : 'file'} ${where}`);
      }
      if (seen.has(file)) {
        throw invalid(`names ${file} again ${where}`);
      }
      seen.add(file);
      return read({ file, label, others, invalid: (what) => invalid(`${what} ${where}`) });
    }),
  };
}
