import { checkGiven } from '../check-given.js';
import { checkScored, type ScoredLabels, scoredArguments } from '../scored-labels.js';
import { MetricsError } from '../errors.js';
import { checkConfidence, type Interval } from './interval.js';
import { normalCdf, normalQuantile } from './normal.js';

/** For each positive, the share of negatives it scores above; for each negative, the share of positives above it; ties half. */
function placements({ labels, scores }: ScoredLabels): { positives: number[]; negatives: number[] } {
  const of = (label: number) => Array.from(scores).filter((_, i) => labels[i] === label);
  const [high, low] = [of(1), of(0)];
  const sortedHigh = Float64Array.from(high).sort();
  const sortedLow = Float64Array.from(low).sort();
  return {
    positives: high.map((score) => shareBelow(sortedLow, score)),
    negatives: low.map((score) => 1 - shareBelow(sortedHigh, score)),
  };
}

function shareBelow(sorted: Float64Array, value: number): number {
  const bound = (isBelow: (other: number) => boolean) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBelow(sorted[middle])) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  };
  return (bound((other) => other < value) + bound((other) => other <= value)) / 2 / sorted.length;
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function covariance(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  return a.reduce((sum, value, i) => sum + (value - meanA) * (b[i] - meanB), 0) / (a.length - 1);
}

/**
 * The AUC with the interval of DeLong et al. (1988), cut off at 0 and 1; NaN bounds with fewer than two items of a class.
 *
 * @throws MetricsError `length-mismatch`, `label-invalid`, `score-invalid`, `option-invalid`
 */
export function delongInterval(scored: ScoredLabels, options: { confidence?: number } = {}): Interval {
  checkGiven({ scored, options }, scoredArguments);
  const { confidence = 0.95 } = options;

  checkScored(scored);
  checkConfidence(confidence);
  if (scored.weights) {
    throw new MetricsError("DeLong's variance is that of single items, not of weighted ones.", {
      code: 'option-invalid',
      remedy: 'Leave out the weights, or use bootstrapInterval.',
    });
  }
  const { positives, negatives } = placements(scored);
  const value = meanOf(positives);
  const variance =
    covariance(positives, positives) / positives.length + covariance(negatives, negatives) / negatives.length;
  const spread = normalQuantile(1 - (1 - confidence) / 2) * Math.sqrt(variance);
  return {
    value,
    lower: Math.max(0, value - spread),
    upper: Math.min(1, value + spread),
    confidence,
    method: 'delong',
  };
}

/** Two scores of the same items. */
export interface PairedScores {
  /** 0 or 1 each. */
  labels: ArrayLike<number>;
  first: ArrayLike<number>;
  second: ArrayLike<number>;
}

/** The difference of the AUCs, first less second, and its variance. */
function pairedDifference({ labels, first, second }: PairedScores): { difference: number; variance: number } {
  const scored = [first, second].map((scores) => ({ labels, scores }));
  scored.forEach(checkScored);
  const [a, b] = scored.map(placements);
  const part = (of: 'positives' | 'negatives') =>
    (covariance(a[of], a[of]) + covariance(b[of], b[of]) - 2 * covariance(a[of], b[of])) / a[of].length;
  return {
    difference: meanOf(a.positives) - meanOf(b.positives),
    variance: part('positives') + part('negatives'),
  };
}

/**
 * DeLong's test of two AUCs on the same items.
 *
 * @returns the difference first less second, z, and the two-sided p; p is 1 where the scores rank alike.
 * @throws MetricsError `length-mismatch`, `label-invalid`, `score-invalid`
 */
export function delongTest(scores: PairedScores): { difference: number; z: number; p: number } {
  checkGiven({ scores }, { scores: pairedScoresRule });

  const { difference, variance } = pairedDifference(scores);
  const z = difference === 0 ? 0 : difference / Math.sqrt(variance);
  return { difference, z, p: 2 * normalCdf(-Math.abs(z)) };
}

/**
 * The difference of two AUCs on the same items, first less second, with the interval that belongs to {@link delongTest}.
 *
 * @throws MetricsError `length-mismatch`, `label-invalid`, `score-invalid`, `option-invalid`
 */
export function delongDifference(scores: PairedScores, options: { confidence?: number } = {}): Interval {
  checkGiven({ scores, options }, delongDifferenceArguments);
  const { confidence = 0.95 } = options;

  checkConfidence(confidence);
  const { difference, variance } = pairedDifference(scores);
  // Rounding may leave less than nothing where the scores rank alike.
  const spread = normalQuantile(1 - (1 - confidence) / 2) * Math.sqrt(Math.max(0, variance));
  return { value: difference, lower: difference - spread, upper: difference + spread, confidence, method: 'delong' };
}

/** What {@link PairedScores} must be. */
export const pairedScoresRule = { labels: 'numbers', first: 'numbers', second: 'numbers' };

const delongDifferenceArguments = { scores: pairedScoresRule, options: 'object' };
