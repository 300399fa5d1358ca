import { checkGiven } from '../check-given.js';
import { MetricsError } from '../errors.js';
import { checkLengths } from '../scored-labels.js';

/** Classes with the logits of each. */
export interface ClassLogits {
  /** Class of each item: an index into its logits. */
  labels: ArrayLike<number>;
  /** For each item the logit of every class. */
  logits: readonly ArrayLike<number>[];
}

/** Temperatures that are tried: outside of them probabilities are 0 and 1, or all alike. */
const range = { least: 0.01, largest: 100 } as const;

/**
 * The temperature by which logits are divided before the softmax, so that the probabilities are most likely (Guo et al., On Calibration
 * of Modern Neural Networks, ICML 2017, section 4.2). It changes neither the order of items of two classes nor the predicted class.
 *
 * @returns from 0.01 (where every item is right, and none wrong) to 100 (where logits say nothing)
 * @throws MetricsError `no-cases`, `length-mismatch`, `label-invalid`, `score-invalid`
 */
export function fitTemperature(options: ClassLogits): number {
  const { labels, logits } = checkGiven(options, classLogitsRule);

  checkLogits({ labels, logits });
  // The mean negative log-likelihood is convex in 1 / temperature: its slope has one zero.
  const slope = (inverse: number) =>
    logits.reduce((sum, row, i) => sum + expectedLogit(row, inverse) - row[labels[i]], 0);
  let [low, high] = [Math.log(1 / range.largest), Math.log(1 / range.least)];
  for (let halving = 0; halving < 60; halving += 1) {
    const middle = (low + high) / 2;
    if (slope(Math.exp(middle)) > 0) {
      high = middle;
    } else {
      low = middle;
    }
  }
  return Math.exp(-(low + high) / 2);
}

/** The mean of logits under the probabilities that they give. */
function expectedLogit(row: ArrayLike<number>, inverse: number): number {
  const values = Array.from(row);
  const most = Math.max(...values);
  const powers = values.map((value) => Math.exp((value - most) * inverse));
  const whole = powers.reduce((sum, power) => sum + power, 0);
  return values.reduce((sum, value, k) => sum + (value * powers[k]) / whole, 0);
}

function checkLogits({ labels, logits }: ClassLogits): void {
  checkLengths(labels, logits, 'rows of logits');
  if (logits.length === 0) {
    throw new MetricsError('There are no logits.', { code: 'no-cases', remedy: 'Give at least one item.' });
  }
  logits.forEach((row, i) => {
    if (!Array.from(row).every(Number.isFinite)) {
      throw new MetricsError(`Row ${i} of the logits is ${Array.from(row).join(', ')}.`, {
        code: 'score-invalid',
        remedy: 'Give finite numbers.',
      });
    }
    if (!(Number.isInteger(labels[i]) && labels[i] >= 0 && labels[i] < row.length)) {
      throw new MetricsError(`Label ${i} is ${labels[i]}.`, {
        code: 'label-invalid',
        remedy: `Give the class's place among the ${row.length} logits, from 0 on.`,
      });
    }
  });
}

/** What {@link ClassLogits} must be. */
const classLogitsRule = { labels: 'numbers', logits: ['numbers'] };
