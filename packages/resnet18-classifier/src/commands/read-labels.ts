import { Resnet18ClassifierError } from '../errors.js';
import { readTableOfFiles } from '../images/read-table-of-files.js';

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
  const remedy = 'Give a CSV table with a heading and the columns file, label and split (train, val or test).';
  const { rows, invalid } = await readTableOfFiles(
    path,
    remedy,
    ({ file, label, others: { split }, invalid: ofRow }) => {
      const known = splits.find((name) => name === split);
      if (!known) {
        throw ofRow(`has the split "${split ?? ''}"`);
      }
      return { file, label, split: known };
    },
  );
  if (rows.length === 0) {
    throw invalid('has no rows');
  }
  return rows;
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
