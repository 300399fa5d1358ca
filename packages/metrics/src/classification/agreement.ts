import { checkGiven } from '../check-given.js';
import {
  type Classified,
  classifiedRule,
  columnSums,
  confusionMatrix,
  diagonal,
  rowSums,
  sum,
} from './confusion-matrix.js';

/** The share of predictions that are right; NaN without any. */
export function accuracy(classified: Classified): number {
  const matrix = confusionMatrix(classified);
  return sum(diagonal(matrix)) / sum(rowSums(matrix));
}

/** The share of predictions that are wrong; NaN without any. */
export function hammingLoss(classified: Classified): number {
  return 1 - accuracy(classified);
}

/**
 * The mean recall of the classes that occur among the labels.
 *
 * @param options `adjusted` sets chance to 0, as in scikit-learn; with one class only the result is then not finite.
 */
export function balancedAccuracy(classified: Classified, options: { adjusted?: boolean } = {}): number {
  checkGiven({ classified, options }, agreementArguments);
  const { adjusted = false } = options;

  const matrix = confusionMatrix(classified);
  const recalls = matrix.map((row, i) => row[i] / sum(row)).filter((recall) => !Number.isNaN(recall));
  const mean = sum(recalls) / recalls.length;
  const chance = 1 / recalls.length;
  return adjusted ? (mean - chance) / (1 - chance) : mean;
}

/** Matthews' correlation coefficient for any number of classes; 0 where it is not defined, as in scikit-learn. */
export function matthewsCorrelation(classified: Classified): number {
  const matrix = confusionMatrix(classified);
  const [labelled, predicted] = [rowSums(matrix), columnSums(matrix)];
  const total = sum(labelled);
  const chance = sum(labelled.map((count, i) => count * predicted[i]));
  const covariance = sum(diagonal(matrix)) * total - chance;
  const spread = (counts: readonly number[]) => total ** 2 - sum(counts.map((count) => count ** 2));
  const variances = spread(labelled) * spread(predicted);
  return variances === 0 ? 0 : covariance / Math.sqrt(variances);
}

/** Cohen's kappa, unweighted or by linear or quadratic distance of the classes; NaN where all agree on one class. */
export function cohenKappa(classified: Classified, options: { distance?: 'linear' | 'quadratic' } = {}): number {
  checkGiven({ classified, options }, agreementArguments);
  const { distance } = options;

  const matrix = confusionMatrix(classified);
  const [labelled, predicted] = [rowSums(matrix), columnSums(matrix)];
  const total = sum(labelled);
  const cost = (i: number, j: number) => {
    if (distance === undefined) {
      return i === j ? 0 : 1;
    }
    return distance === 'linear' ? Math.abs(i - j) : (i - j) ** 2;
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

const agreementArguments = {
  classified: classifiedRule,
  options: { 'adjusted?': 'boolean', 'distance?': 'linear|quadratic' },
};
