import { checkGiven } from '../check-given.js';
import { checkScored, type ScoredLabels, scoredArguments } from '../scored-labels.js';
import { cumulativeCounts } from './cumulative-counts.js';

/** Precision over recall from the lowest score up, ending at recall 0 and precision 1, which has no threshold. */
export interface PrecisionRecallCurve {
  precision: number[];
  recall: number[];
  thresholds: number[];
}

/**
 * Precision and recall for each distinct score, as scikit-learn's `precision_recall_curve`. Without any positive item recall
 * is 1 throughout, as there.
 *
 * @param options `dropIntermediate` leaves out points at which the number of hits stays the same on both sides.
 * @throws MetricsError `length-mismatch`, `label-invalid`, `score-invalid`, `weight-invalid`
 */
export function precisionRecallCurve(
  scored: ScoredLabels,
  options: { dropIntermediate?: boolean } = {},
): PrecisionRecallCurve {
  checkGiven({ scored, options }, scoredArguments);
  const { dropIntermediate = false } = options;

  checkScored(scored);
  const { thresholds, truePositives, falsePositives } = cumulativeCounts(scored);
  const last = thresholds.length - 1;
  const kept = Array.from(thresholds.keys()).filter(
    (i) =>
      !dropIntermediate ||
      i === 0 ||
      i === last ||
      truePositives[i] !== truePositives[i - 1] ||
      truePositives[i] !== truePositives[i + 1],
  );
  const positives = truePositives[last] ?? 0;
  const precision = kept.map((i) => truePositives[i] / (truePositives[i] + falsePositives[i]));
  const recall = kept.map((i) => (positives === 0 ? 1 : truePositives[i] / positives));
  return {
    precision: [1, ...precision].reverse(),
    recall: [0, ...recall].reverse(),
    thresholds: kept.map((i) => thresholds[i]).reverse(),
  };
}

/**
 * The sum of precisions weighted by the steps in recall, not interpolated; scikit-learn's `average_precision_score`.
 *
 * @throws MetricsError `length-mismatch`, `label-invalid`, `score-invalid`, `weight-invalid`
 */
export function averagePrecision(scored: ScoredLabels): number {
  const { precision, recall } = precisionRecallCurve(scored);
  return recall.reduce((sum, value, i) => (i === 0 ? 0 : sum + (recall[i - 1] - value) * precision[i - 1]), 0);
}

/** The area under any curve by trapezoids; x must not change direction. For precision and recall prefer `averagePrecision`. */
export function areaUnderCurve(x: ArrayLike<number>, y: ArrayLike<number>): number {
  checkGiven({ x, y }, { x: 'numbers', y: 'numbers' });

  let area = 0;
  for (let i = 1; i < x.length; i += 1) {
    area += ((x[i] - x[i - 1]) * (y[i] + y[i - 1])) / 2;
  }
  return Math.abs(area);
}
