import { MetricsError } from '../errors.js';
import { checkScored, type ScoredLabels } from './checked.js';

/** A ROC curve from the point (0, 0) to (1, 1). */
export interface RocCurve {
  falsePositiveRate: number[];
  truePositiveRate: number[];
  /** The score from which on items count as positive; the first is infinite. */
  thresholds: number[];
}

/** Counts of items at or above each distinct score, from the highest score down. */
export function cumulativeCounts({ labels, scores }: ScoredLabels): {
  thresholds: number[];
  truePositives: number[];
  falsePositives: number[];
} {
  const order = Uint32Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[b] - scores[a]);
  const thresholds: number[] = [];
  const truePositives: number[] = [];
  const falsePositives: number[] = [];
  let positives = 0;
  order.forEach((item, rank) => {
    positives += labels[item];
    if (rank + 1 < order.length && scores[order[rank + 1]] === scores[item]) return;
    thresholds.push(scores[item]);
    truePositives.push(positives);
    falsePositives.push(rank + 1 - positives);
  });
  return { thresholds, truePositives, falsePositives };
}

/**
 * The ROC curve with a point for each distinct score, as scikit-learn's `roc_curve(drop_intermediate=False)`. A rate is NaN
 * where its class has no items.
 *
 * @throws MetricsError `length-mismatch`, `label-invalid`, `score-invalid`
 */
export function rocCurve(scored: ScoredLabels): RocCurve {
  checkScored(scored);
  const { thresholds, truePositives, falsePositives } = cumulativeCounts(scored);
  const rates = (counts: number[]) => [0, ...counts].map((count) => count / (counts.at(-1) ?? 0));
  return {
    falsePositiveRate: rates(falsePositives),
    truePositiveRate: rates(truePositives),
    thresholds: [Infinity, ...thresholds],
  };
}

/**
 * The area under the ROC curve: the probability that a positive item scores above a negative one, ties counting half
 * (Mann and Whitney 1947).
 *
 * @returns NaN where one of the classes has no items.
 * @throws MetricsError `length-mismatch`, `label-invalid`, `score-invalid`
 */
export function rocAuc(scored: ScoredLabels): number {
  checkScored(scored);
  const order = Float64Array.from({ length: scored.scores.length }, (_, i) => i).sort(
    (a, b) => scored.scores[a] - scored.scores[b],
  );
  let negativesBelow = 0;
  let concordant = 0;
  let positives = 0;
  for (let first = 0; first < order.length;) {
    let next = first;
    let tiedPositives = 0;
    for (; next < order.length && scored.scores[order[next]] === scored.scores[order[first]]; next += 1) {
      tiedPositives += scored.labels[order[next]];
    }
    const tiedNegatives = next - first - tiedPositives;
    concordant += tiedPositives * (negativesBelow + tiedNegatives / 2);
    negativesBelow += tiedNegatives;
    positives += tiedPositives;
    first = next;
  }
  return concordant / (positives * negativesBelow);
}

/** The threshold with the largest sensitivity + specificity - 1 (Youden 1950); of equals the highest. */
export function youden(scored: ScoredLabels): {
  threshold: number;
  sensitivity: number;
  specificity: number;
  index: number;
} {
  const { falsePositiveRate, truePositiveRate, thresholds } = rocCurve(scored);
  let best = 0;
  truePositiveRate.forEach((rate, i) => {
    if (rate - falsePositiveRate[i] > truePositiveRate[best] - falsePositiveRate[best]) best = i;
  });
  const [sensitivity, specificity] = [truePositiveRate[best], 1 - falsePositiveRate[best]];
  return { threshold: thresholds[best], sensitivity, specificity, index: sensitivity + specificity - 1 };
}

/** Precision over recall, one point for each distinct score from the lowest up, ending at recall 0 and precision 1. */
export function precisionRecallCurve(scored: ScoredLabels): {
  precision: number[];
  recall: number[];
  thresholds: number[];
} {
  checkScored(scored);
  const { thresholds, truePositives, falsePositives } = cumulativeCounts(scored);
  const positives = truePositives.at(-1) ?? 0;
  if (positives === 0) {
    throw new MetricsError('there is no positive item, so recall is not defined', { code: 'no-positives' });
  }
  return {
    precision: [1, ...truePositives.map((hits, i) => hits / (hits + falsePositives[i]))].reverse(),
    recall: [0, ...truePositives.map((hits) => hits / positives)].reverse(),
    thresholds: thresholds.reverse(),
  };
}

/** The sum of precisions weighted by the steps in recall; scikit-learn's `average_precision_score`. */
export function averagePrecision(scored: ScoredLabels): number {
  const { precision, recall } = precisionRecallCurve(scored);
  return recall.reduce((sum, value, i) => (i === 0 ? 0 : sum + (recall[i - 1] - value) * precision[i - 1]), 0);
}
