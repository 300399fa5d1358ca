import { checkGiven } from '../check-given.js';
import { MetricsError } from '../errors.js';
import {
  type Classified,
  classifiedRule,
  columnSums,
  confusionMatrix,
  diagonal,
  rowSums,
  sum,
} from './confusion-matrix.js';

/** Precision, recall, F-score and Jaccard index of a class, or averaged. */
export interface PrecisionRecall {
  precision: number;
  recall: number;
  /** F1, or F-beta where a beta was given. */
  fScore: number;
  /** Of what is labelled or predicted as the class, the share that is both (IoU). */
  jaccard: number;
  /** Labels of the class, or of all classes; weights summed. */
  support: number;
}

/** By class in the matrix's order, and averaged. */
export interface PrecisionRecallReport {
  perClass: PrecisionRecall[];
  /** Plain mean over the classes. */
  macro: PrecisionRecall;
  /** Of all classes' hits, misses and false alarms together. */
  micro: PrecisionRecall;
  /** Mean weighted by support. */
  weighted: PrecisionRecall;
}

/**
 * Precision, recall, F-beta and Jaccard index by class and averaged, as scikit-learn's `precision_recall_fscore_support` and
 * `jaccard_score` with `labels` given: absent classes count with `zeroDivision`.
 *
 * @param options `beta` weighs recall over precision, default 1; `zeroDivision` stands for 0 / 0, default 0, and where it is
 * NaN averages leave it out. The Jaccard index takes 0 there, as scikit-learn's does by default.
 * @throws MetricsError `option-invalid`, and what `confusionMatrix` throws.
 */
export function precisionRecall(
  classified: Classified,
  options: { beta?: number; zeroDivision?: number } = {},
): PrecisionRecallReport {
  checkGiven({ classified, options }, precisionRecallArguments);
  const { beta = 1, zeroDivision = 0 } = options;

  if (!(beta > 0)) {
    throw new MetricsError(`Beta is ${beta}.`, { code: 'option-invalid', remedy: 'Give more than 0.' });
  }
  const matrix = confusionMatrix(classified);
  const [right, labelled, predicted] = [diagonal(matrix), rowSums(matrix), columnSums(matrix)];
  const ratio = (part: number, whole: number, otherwise = zeroDivision) => (whole === 0 ? otherwise : part / whole);
  const scores = (hits: number, positives: number, claims: number): PrecisionRecall => ({
    precision: ratio(hits, claims),
    recall: ratio(hits, positives),
    fScore: ratio((1 + beta ** 2) * hits, beta ** 2 * positives + claims),
    jaccard: ratio(hits, positives + claims - hits, 0),
    support: positives,
  });
  const perClass = right.map((hits, i) => scores(hits, labelled[i], predicted[i]));
  const total = sum(labelled);
  const average = (weights: readonly number[]): PrecisionRecall => {
    const mean = (of: (score: PrecisionRecall) => number) => weightedMean(perClass.map(of), weights, zeroDivision);
    return {
      precision: mean(({ precision }) => precision),
      recall: mean(({ recall }) => recall),
      fScore: mean(({ fScore }) => fScore),
      jaccard: mean(({ jaccard }) => jaccard),
      support: total,
    };
  };
  return {
    perClass,
    macro: average(perClass.map(() => 1)),
    micro: scores(sum(right), total, sum(predicted)),
    weighted: average(labelled),
  };
}

/** The mean of what is defined; `otherwise` where nothing with a weight is. */
function weightedMean(values: readonly number[], weights: readonly number[], otherwise: number): number {
  const defined = values.map((value) => !Number.isNaN(value));
  const whole = sum(weights.filter((_, i) => defined[i]));
  return whole === 0 ? otherwise : sum(values.map((value, i) => (defined[i] ? value * weights[i] : 0))) / whole;
}

const precisionRecallArguments = {
  classified: classifiedRule,
  options: { 'beta?': 'number', 'zeroDivision?': 'number' },
};
