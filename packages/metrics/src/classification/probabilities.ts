import { checkGiven } from '../check-given.js';
import { MetricsError } from '../errors.js';
import { checkLengths, checkProbabilities, checkWeights, type ScoredLabels } from '../scored-labels.js';

/** Classes with a probability for each. */
export interface ClassProbabilities {
  /** Class of each item: an index into its probabilities. */
  labels: ArrayLike<number>;
  /** For each item the probability of every class. */
  probabilities: readonly ArrayLike<number>[];
  /** How much each item counts, at least 0. Default: 1 each. */
  weights?: ArrayLike<number>;
}

/** @throws MetricsError `length-mismatch`, `label-invalid`, `score-invalid`, `weight-invalid` */
export function checkClassProbabilities({ labels, probabilities, weights }: ClassProbabilities): number {
  checkLengths(labels, probabilities, 'rows of probabilities');
  checkWeights(weights, labels.length);
  const classes = probabilities[0]?.length ?? 0;
  probabilities.forEach((row, i) => {
    const sound = row.length === classes && Array.from(row).every((value) => value >= 0 && value <= 1);
    if (!sound) {
      throw new MetricsError(`Row ${i} is not ${classes} probabilities: ${Array.from(row).join(', ')}.`, {
        code: 'score-invalid',
        remedy: 'Give numbers from 0 to 1, as many as there are classes; a softmax makes them of logits.',
      });
    }
    if (!(Number.isInteger(labels[i]) && labels[i] >= 0 && labels[i] < classes)) {
      throw new MetricsError(`Label ${i} is ${labels[i]}.`, {
        code: 'label-invalid',
        remedy: `Give the class's place among the ${classes} probabilities, from 0 on.`,
      });
    }
  });
  return classes;
}

const isMulticlass = (given: ScoredLabels | ClassProbabilities): given is ClassProbabilities =>
  'probabilities' in given;

/** The weighted mean of a value of each item; NaN without items. */
function meanOver(items: number, weights: ArrayLike<number> | undefined, of: (i: number) => number): number {
  let [sum, whole] = [0, 0];
  for (let i = 0; i < items; i += 1) {
    const weight = weights ? weights[i] : 1;
    sum += weight * of(i);
    whole += weight;
  }
  return sum / whole;
}

/**
 * The mean squared distance of probability and label (Brier 1950): for two classes of the second one's probability (0 to 1),
 * for several summed over the classes (0 to 2).
 *
 * @param options `half` halves the sum of several classes, so that two classes give the same both ways.
 * @throws MetricsError `length-mismatch`, `label-invalid`, `score-invalid`, `weight-invalid`
 */
export function brierScore(given: ScoredLabels | ClassProbabilities, options: { half?: boolean } = {}): number {
  checkGiven({ given, options }, labelledArguments);
  const { half = false } = options;

  if (!isMulticlass(given)) {
    checkProbabilities(given);
    const { labels, scores, weights } = given;
    return meanOver(labels.length, weights, (i) => (scores[i] - labels[i]) ** 2);
  }
  checkClassProbabilities(given);
  const { labels, probabilities, weights } = given;
  const distance = (i: number) =>
    Array.from(probabilities[i]).reduce((sum, value, k) => sum + (value - Number(labels[i] === k)) ** 2, 0);
  return meanOver(labels.length, weights, distance) * (half ? 0.5 : 1);
}

/**
 * The mean negative log-likelihood; probabilities are kept the machine's epsilon away from 0 and 1, as in scikit-learn.
 *
 * @throws MetricsError `length-mismatch`, `label-invalid`, `score-invalid`, `weight-invalid`
 */
export function logLoss(given: ScoredLabels | ClassProbabilities): number {
  checkGiven({ given }, labelledArguments);

  if (isMulticlass(given)) {
    checkClassProbabilities(given);
  } else {
    checkProbabilities(given);
  }
  const { labels, weights } = given;
  const ofLabel = (i: number): number => {
    if (isMulticlass(given)) {
      return given.probabilities[i][labels[i]];
    }
    return labels[i] === 1 ? given.scores[i] : 1 - given.scores[i];
  };
  return meanOver(
    labels.length,
    weights,
    (i) => -Math.log(Math.min(Math.max(ofLabel(i), Number.EPSILON), 1 - Number.EPSILON)),
  );
}

/** What {@link ClassProbabilities} must be. */
export const classProbabilitiesRule = {
  labels: 'numbers',
  probabilities: ['numbers'],
  'weights?': 'numbers',
};

/** Labels with a score each, or with a probability of each class, and options. */
export const labelledArguments = {
  given: { labels: 'numbers', 'scores?': 'numbers', 'probabilities?': ['numbers'] },
  'options?': 'object',
};
