import { parseCsv, readTextFile } from '@fractura/array-files';
import { reasonOf } from '@fractura/errors';
import { Resnet18ClassifierError } from '../errors.js';

export const splits = ['train', 'val', 'test'] as const;
export type Split = (typeof splits)[number];

/** A row of the table of labels. */
export interface LabelledFile {
  file: string;
  label: string;
  split: Split;
}

/**
 * Reads a CSV table with the columns `file`, `label` and `split`.
 *
 * @throws Resnet18ClassifierError `labels-invalid`, naming the row
 */
export async function readLabels(path: string): Promise<LabelledFile[]> {
  const invalid = (what: string, cause?: unknown) =>
    new Resnet18ClassifierError(`${path} ${what}.`, {
      code: 'labels-invalid',
      remedy: 'Give a CSV table with a heading and the columns file, label and split (train, val or test).',
      cause,
    });
  let rows: Partial<Record<string, string>>[];
  try {
    rows = parseCsv(await readTextFile(path)).rows;
  } catch (cause) {
    throw invalid(`cannot be read as a table: ${reasonOf(cause)}`, cause);
  }
  if (rows.length === 0) {
    throw invalid('has no rows');
  }
  const seen = new Set<string>();
  return rows.map(({ file, label, split }, row) => {
    const where = `in row ${row + 1}`;
    if (!file || !label) {
      throw invalid(`has no ${file ? 'label' : 'file'} ${where}`);
    }
    const known = splits.find((name) => name === split);
    if (!known) {
      throw invalid(`has the split "${split ?? ''}" ${where}`);
    }
    if (seen.has(file)) {
      throw invalid(`names ${file} again ${where}`);
    }
    seen.add(file);
    return { file, label, split: known };
  });
}

/**
 * The classes in the order of their indices: as given, or all labels that occur, sorted.
 *
 * @throws Resnet18ClassifierError `labels-invalid` for a label that is no class, or fewer than two classes
 */
export function classesOf(rows: readonly LabelledFile[], given?: readonly string[]): string[] {
  const occurring = [...new Set(rows.map(({ label }) => label))];
  const classes = given
    ? [...given]
    : occurring.sort((a, b) => a.localeCompare(b, 'en', { numeric: true, sensitivity: 'variant' }));
  const unknown = occurring.find((label) => !classes.includes(label));
  if (unknown === undefined && classes.length > 1) {
    return classes;
  }
  throw new Resnet18ClassifierError(
    unknown === undefined ? 'There is only one class.' : `The label "${unknown}" is not one of ${classes.join(', ')}.`,
    { code: 'labels-invalid', remedy: 'Name all labels that occur, at least two.' },
  );
}
