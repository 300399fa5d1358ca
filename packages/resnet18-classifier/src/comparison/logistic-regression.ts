import { sigmoid } from './log-odds.js';

/** A fitted logistic regression. */
export interface LogisticRegression {
  intercept: number;
  /** One for each feature, in its own unit. */
  weights: number[];
}

export interface LogisticRegressionOptions {
  /**
   * Half the sum of the squared weights, of features brought to mean 0 and deviation 1, times this is added to the summed negative
   * log-likelihood, as scikit-learn's `LogisticRegression(C=1 / penalty)`. Default 1: without one, features that tell the classes apart
   * would have infinite weights.
   */
  penalty?: number;
}

/**
 * Fits a logistic regression with an L2 penalty by Newton's method, which its convexity makes safe; the intercept has no penalty.
 *
 * @param features for each item the value of every feature
 * @param labels 0 or 1 each, both of which occur
 */
export function fitLogisticRegression(
  features: readonly (readonly number[])[],
  labels: readonly number[],
  { penalty = 1 }: LogisticRegressionOptions = {},
): LogisticRegression {
  const count = features.length;
  const width = features[0].length;
  const means = Array.from({ length: width }, (_, k) => features.reduce((sum, row) => sum + row[k], 0) / count);
  const deviations = means.map((mean, k) => {
    const variance = features.reduce((sum, row) => sum + (row[k] - mean) ** 2, 0) / count;
    return variance > 0 ? Math.sqrt(variance) : 1;
  });
  const rows = features.map((row) => [1, ...row.map((value, k) => (value - means[k]) / deviations[k])]);
  let weights = new Array<number>(width + 1).fill(0);
  for (let iteration = 0; iteration < 100; iteration += 1) {
    const step = newtonStep(rows, labels, weights, penalty);
    weights = shortened(rows, labels, weights, step, penalty);
    if (Math.max(...step.map(Math.abs)) < 1e-10) {
      break;
    }
  }
  const own = means.map((_, k) => weights[k + 1] / deviations[k]);
  return { intercept: weights[0] - own.reduce((sum, weight, k) => sum + weight * means[k], 0), weights: own };
}

/** The probability of label 1. */
export const predictLogistic = ({ intercept, weights }: LogisticRegression, features: readonly number[]): number =>
  sigmoid(features.reduce((sum, value, k) => sum + weights[k] * value, intercept));

const logitOf = (row: readonly number[], weights: readonly number[]) =>
  row.reduce((sum, value, k) => sum + value * weights[k], 0);

/** The solution of Hessian x step = gradient. */
function newtonStep(
  rows: readonly (readonly number[])[],
  labels: readonly number[],
  weights: readonly number[],
  penalty: number,
): number[] {
  const size = weights.length;
  const gradient = weights.map((weight, k) => (k === 0 ? 0 : penalty * weight));
  const hessian = weights.map((_, j) => weights.map((__, k) => (j === k && k > 0 ? penalty : 0)));
  rows.forEach((row, i) => {
    const probability = sigmoid(logitOf(row, weights));
    const spread = probability * (1 - probability);
    for (let j = 0; j < size; j += 1) {
      gradient[j] += (probability - labels[i]) * row[j];
      for (let k = 0; k < size; k += 1) {
        hessian[j][k] += spread * row[j] * row[k];
      }
    }
  });
  return solve(hessian, gradient);
}

/** The weights after the step, halved until the loss does not rise. */
function shortened(
  rows: readonly (readonly number[])[],
  labels: readonly number[],
  weights: readonly number[],
  step: readonly number[],
  penalty: number,
): number[] {
  const lossOf = (at: readonly number[]) =>
    rows.reduce((sum, row, i) => {
      const logit = logitOf(row, at);
      return sum + Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))) - labels[i] * logit;
    }, 0) +
    (penalty / 2) * at.slice(1).reduce((sum, weight) => sum + weight ** 2, 0);
  const before = lossOf(weights);
  let after = [...weights];
  for (let share = 1; share > 1e-6; share /= 2) {
    after = weights.map((weight, k) => weight - share * step[k]);
    if (lossOf(after) <= before) {
      break;
    }
  }
  return after;
}

/** Solves a small linear system by Gauss's elimination with pivots. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const size = right.length;
  const rows = matrix.map((row, i) => [...row, right[i]]);
  for (let column = 0; column < size; column += 1) {
    let pivot = column;
    for (let i = column + 1; i < size; i += 1) {
      if (Math.abs(rows[i][column]) > Math.abs(rows[pivot][column])) {
        pivot = i;
      }
    }
    [rows[column], rows[pivot]] = [rows[pivot], rows[column]];
    for (let i = 0; i < size; i += 1) {
      if (i !== column) {
        const factor = rows[i][column] / rows[column][column];
        rows[i] = rows[i].map((value, k) => value - factor * rows[column][k]);
      }
    }
  }
  return rows.map((row, i) => row[size] / row[i]);
}
