import { rankScores } from './rank-scores.js';
import type { ScoredLabels } from './checked.js';

/** Counts, or summed weights, of items at or above each distinct score, from the highest score down. */
export interface CumulativeCounts {
  thresholds: Float64Array;
  truePositives: Float64Array;
  falsePositives: Float64Array;
}

/** Items of no weight are left out, as in scikit-learn. */
export function cumulativeCounts({ labels, scores, weights }: ScoredLabels): CumulativeCounts {
  const order = rankScores(scores);
  const [thresholds, truePositives, falsePositives] = [0, 0, 0].map(() => new Float64Array(order.length));
  let distinct = 0;
  let [hits, alarms] = [0, 0];
  let pending: number | undefined;
  for (const item of order) {
    const weight = weights ? weights[item] : 1;
    if (weight === 0) continue;
    if (pending !== undefined && scores[item] !== pending) distinct += 1;
    pending = scores[item];
    if (labels[item] === 1) hits += weight;
    else alarms += weight;
    thresholds[distinct] = pending;
    truePositives[distinct] = hits;
    falsePositives[distinct] = alarms;
  }
  const length = pending === undefined ? 0 : distinct + 1;
  return {
    thresholds: thresholds.subarray(0, length),
    truePositives: truePositives.subarray(0, length),
    falsePositives: falsePositives.subarray(0, length),
  };
}
