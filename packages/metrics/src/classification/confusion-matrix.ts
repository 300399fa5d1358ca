import { checkGiven } from '../check-given.js';
import { MetricsError } from '../errors.js';
import { checkLengths, checkWeights } from '../scored-labels.js';

/** Labels, what was predicted for them, and the classes in the order of rows and columns. */
export interface Classified {
  labels: ArrayLike<number>;
  predictions: ArrayLike<number>;
  /** Default: all that occur, ascending. */
  classes?: readonly number[];
  /** How much each item counts, at least 0. Default: 1 each. */
  weights?: ArrayLike<number>;
}

/** Counts (or weights) by class: row the label, column the prediction. */
export type ConfusionMatrix = number[][];

/**
 * Counts by class: row the label, column the prediction, as scikit-learn's `confusion_matrix`.
 *
 * @throws MetricsError `length-mismatch`, `weight-invalid`, `label-invalid` for a class that is not named or no number.
 */
export function confusionMatrix(options: Classified): ConfusionMatrix {
  const { labels, predictions, classes, weights } = checkGiven(options, classifiedRule);

  checkLengths(labels, predictions, 'predictions');
  checkWeights(weights, labels.length);
  const all = classes ?? classesOf({ labels, predictions });
  const index = new Map(all.map((name, i) => [name, i]));
  const counts = all.map(() => all.map(() => 0));
  for (let i = 0; i < labels.length; i += 1) {
    const [row, column] = [index.get(labels[i]), index.get(predictions[i])];
    if (row === undefined || column === undefined || Number.isNaN(labels[i]) || Number.isNaN(predictions[i])) {
      throw new MetricsError(`Item ${i} has label ${labels[i]} and prediction ${predictions[i]}.`, {
        code: 'label-invalid',
        remedy: `The classes are ${all.filter((name) => !Number.isNaN(name)).join(', ')}.`,
      });
    }
    counts[row][column] += weights ? weights[i] : 1;
  }
  return counts;
}

/** All classes that occur, ascending. */
export const classesOf = ({ labels, predictions }: Classified): number[] =>
  [...new Set([...Array.from(labels), ...Array.from(predictions)])].sort((a, b) => a - b);

/** Shares of a matrix's rows (`label`), columns (`prediction`) or of everything; 0 / 0 gives 0, as in scikit-learn. */
export function normalizeConfusion(
  matrix: readonly (readonly number[])[],
  by: 'label' | 'prediction' | 'all',
): ConfusionMatrix {
  checkGiven({ matrix, by }, normalizeConfusionArguments);

  const [rows, columns] = [rowSums(matrix), columnSums(matrix)];
  const total = sum(rows);
  const whole = (i: number, j: number) => (by === 'label' ? rows[i] : by === 'prediction' ? columns[j] : total);
  return matrix.map((row, i) => row.map((count, j) => (whole(i, j) === 0 ? 0 : count / whole(i, j))));
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
export const diagonal = (matrix: readonly (readonly number[])[]): number[] => matrix.map((row, i) => row[i]);
export const rowSums = (matrix: readonly (readonly number[])[]): number[] => matrix.map(sum);
export const columnSums = (matrix: readonly (readonly number[])[]): number[] =>
  matrix.map((_, column) => sum(matrix.map((row) => row[column])));

/** What {@link Classified} must be. */
export const classifiedRule = {
  labels: 'numbers',
  predictions: 'numbers',
  'classes?': ['number'],
  'weights?': 'numbers',
};

const normalizeConfusionArguments = { matrix: [['number']], by: 'label|prediction|all' };
