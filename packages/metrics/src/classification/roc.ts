import { checkGiven } from '../check-given.js';
import { MetricsError } from '../errors.js';
import { checkScored, type ScoredLabels, scoredArguments } from '../scored-labels.js';
import { cumulativeCounts } from './cumulative-counts.js';

/** A ROC curve from the point (0, 0) to (1, 1). */
export interface RocCurve {
  falsePositiveRate: number[];
  truePositiveRate: number[];
  /** The score from which on items count as positive; the first is infinite. */
  thresholds: number[];
}

/**
 * The ROC curve with a point for each distinct score, as scikit-learn's `roc_curve(drop_intermediate=False)`. A rate is NaN
 * where its class has no items.
 *
 * @param options `dropIntermediate` leaves out points on a straight line between their neighbours, as scikit-learn's default.
 * @throws MetricsError `length-mismatch`, `label-invalid`, `score-invalid`, `weight-invalid`
 */
export function rocCurve(scored: ScoredLabels, options: { dropIntermediate?: boolean } = {}): RocCurve {
  checkGiven({ scored, options }, scoredArguments);
  const { dropIntermediate = false } = options;

  checkScored(scored);
  const { thresholds, truePositives, falsePositives } = cumulativeCounts(scored);
  const bends = (counts: Float64Array, i: number) => counts[i - 1] - 2 * counts[i] + counts[i + 1] !== 0;
  const last = thresholds.length - 1;
  const kept = Array.from(thresholds.keys()).filter(
    (i) => !dropIntermediate || i === 0 || i === last || bends(truePositives, i) || bends(falsePositives, i),
  );
  const rates = (counts: Float64Array) =>
    [0, ...kept.map((i) => counts[i])].map((count) => count / (counts[last] ?? 0));
  return {
    falsePositiveRate: rates(falsePositives),
    truePositiveRate: rates(truePositives),
    thresholds: [Infinity, ...kept.map((i) => thresholds[i])],
  };
}

/**
 * The area under the ROC curve: the probability that a positive item scores above a negative one, ties counting half
 * (Mann and Whitney 1947).
 *
 * @param options `maxFalsePositiveRate` in (0, 1]: the part of the area up to there, standardised to 0.5 for chance and 1 for
 * perfection (McClish 1989), as scikit-learn's `max_fpr`.
 * @returns NaN where one of the classes has no items.
 * @throws MetricsError `length-mismatch`, `label-invalid`, `score-invalid`, `weight-invalid`, `option-invalid`
 */
export function rocAuc(scored: ScoredLabels, options: { maxFalsePositiveRate?: number } = {}): number {
  checkGiven({ scored, options }, scoredArguments);
  const { maxFalsePositiveRate = 1 } = options;

  if (!(maxFalsePositiveRate > 0 && maxFalsePositiveRate <= 1)) {
    throw new MetricsError(`The largest false-positive rate is ${maxFalsePositiveRate}.`, {
      code: 'option-invalid',
      remedy: 'Give a rate above 0, at most 1.',
    });
  }
  checkScored(scored);
  const { truePositives, falsePositives } = cumulativeCounts(scored);
  const [positives, negatives] = [truePositives.at(-1) ?? 0, falsePositives.at(-1) ?? 0];
  const limit = maxFalsePositiveRate * negatives;
  let area = 0;
  let [alarms, hits] = [0, 0];
  for (let i = 0; i < truePositives.length && alarms < limit; i += 1) {
    const step = falsePositives[i] - alarms;
    const taken = Math.min(step, limit - alarms);
    const reached = step === 0 ? truePositives[i] : hits + ((truePositives[i] - hits) * taken) / step;
    area += (taken * (hits + reached)) / 2;
    [alarms, hits] = [falsePositives[i], truePositives[i]];
  }
  const share = area / (positives * negatives);
  if (maxFalsePositiveRate === 1) {
    return share;
  }
  const chance = maxFalsePositiveRate ** 2 / 2;
  return (1 + (share - chance) / (maxFalsePositiveRate - chance)) / 2;
}
