import { MetricsError } from '../errors.js';

/** Labels, what was predicted for them, and the classes in the order of rows and columns. */
export interface Classified {
  labels: ArrayLike<number>;
  predictions: ArrayLike<number>;
  /** Default: all that occur, ascending. */
  classes?: readonly number[];
}

/**
 * Counts by class: row the label, column the prediction, as scikit-learn's `confusion_matrix`.
 *
 * @throws MetricsError `length-mismatch`, `label-invalid` for a class that is not named.
 */
export function confusionMatrix({ labels, predictions, classes }: Classified): number[][] {
  if (labels.length !== predictions.length) {
    throw new MetricsError(`${labels.length} labels for ${predictions.length} predictions`, {
      code: 'length-mismatch',
    });
  }
  const all = classes ?? [...new Set([...Array.from(labels), ...Array.from(predictions)])].sort((a, b) => a - b);
  const index = new Map(all.map((name, i) => [name, i]));
  const counts = all.map(() => all.map(() => 0));
  for (let i = 0; i < labels.length; i += 1) {
    const [row, column] = [index.get(labels[i]), index.get(predictions[i])];
    if (row === undefined || column === undefined) {
      throw new MetricsError(`item ${i} has label ${labels[i]} and prediction ${predictions[i]}`, {
        code: 'label-invalid',
        remedy: `The classes are ${all.join(', ')}.`,
      });
    }
    counts[row][column] += 1;
  }
  return counts;
}
