import { confusionMatrix, type Classified } from './confusion-matrix.js';

/** Precision, recall and F1 with the number of labels they stand on. */
export interface PrecisionRecallF1 {
  precision: number;
  recall: number;
  f1: number;
  /** Labels of the class, or of all classes. */
  support: number;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const diagonal = (matrix: readonly (readonly number[])[]) => matrix.map((row, i) => row[i]);
const rowSums = (matrix: readonly (readonly number[])[]) => matrix.map(sum);
const columnSums = (matrix: readonly (readonly number[])[]) =>
  matrix.map((_, column) => sum(matrix.map((row) => row[column])));
const ratio = (part: number, whole: number, otherwise: number) => (whole === 0 ? otherwise : part / whole);

/** The share of predictions that are right; NaN without any. */
export function accuracy(classified: Classified): number {
  const matrix = confusionMatrix(classified);
  return sum(diagonal(matrix)) / sum(rowSums(matrix));
}

/** The mean recall of the classes that occur among the labels. */
export function balancedAccuracy(classified: Classified): number {
  const matrix = confusionMatrix(classified);
  const recalls = matrix.map((row, i) => row[i] / sum(row)).filter((recall) => !Number.isNaN(recall));
  return sum(recalls) / recalls.length;
}

/**
 * Precision, recall and F1 by class and averaged, as scikit-learn's `precision_recall_fscore_support`.
 *
 * @param options `zeroDivision` is what stands for 0 / 0; default 0.
 */
export function precisionRecallF1(
  classified: Classified,
  { zeroDivision = 0 }: { zeroDivision?: number } = {},
): { perClass: PrecisionRecallF1[]; macro: PrecisionRecallF1; micro: PrecisionRecallF1; weighted: PrecisionRecallF1 } {
  const matrix = confusionMatrix(classified);
  const [right, labelled, predicted] = [diagonal(matrix), rowSums(matrix), columnSums(matrix)];
  const scores = (hits: number, positives: number, claims: number): PrecisionRecallF1 => ({
    precision: ratio(hits, claims, zeroDivision),
    recall: ratio(hits, positives, zeroDivision),
    f1: ratio(2 * hits, positives + claims, zeroDivision),
    support: positives,
  });
  const perClass = right.map((hits, i) => scores(hits, labelled[i], predicted[i]));
  const total = sum(labelled);
  const average = (weights: readonly number[]): PrecisionRecallF1 => {
    const mean = (of: (score: PrecisionRecallF1) => number) =>
      sum(perClass.map((score, i) => of(score) * weights[i])) / sum(weights);
    return {
      precision: mean((s) => s.precision),
      recall: mean((s) => s.recall),
      f1: mean((s) => s.f1),
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

/** Matthews' correlation coefficient for any number of classes; 0 where it is not defined, as in scikit-learn. */
export function matthewsCorrelation(classified: Classified): number {
  const matrix = confusionMatrix(classified);
  const [labelled, predicted] = [rowSums(matrix), columnSums(matrix)];
  const total = sum(labelled);
  const chance = sum(labelled.map((count, i) => count * predicted[i]));
  const covariance = sum(diagonal(matrix)) * total - chance;
  const spread = (counts: readonly number[]) => total ** 2 - sum(counts.map((count) => count ** 2));
  return ratio(covariance, Math.sqrt(spread(labelled) * spread(predicted)), 0);
}

/** Cohen's kappa, unweighted or with linear or quadratic weights of the classes' distance. */
export function cohenKappa(classified: Classified, { weights }: { weights?: 'linear' | 'quadratic' } = {}): number {
  const matrix = confusionMatrix(classified);
  const [labelled, predicted] = [rowSums(matrix), columnSums(matrix)];
  const total = sum(labelled);
  const cost = (i: number, j: number) => {
    if (weights === undefined) return i === j ? 0 : 1;
    return weights === 'linear' ? Math.abs(i - j) : (i - j) ** 2;
  };
  let observed = 0;
  let expected = 0;
  matrix.forEach((row, i) => {
    row.forEach((count, j) => {
      observed += cost(i, j) * count;
      expected += (cost(i, j) * labelled[i] * predicted[j]) / total;
    });
  });
  return 1 - observed / expected;
}
