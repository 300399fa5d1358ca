import type { ScoredLabels } from '../scored-labels.js';

/** Counts, or summed weights, of items at or above each distinct score, from the highest score down. */
export interface CumulativeCounts {
  thresholds: Float64Array;
  truePositives: Float64Array;
  falsePositives: Float64Array;
}

/** Items of no weight are left out, as in scikit-learn. */
export function cumulativeCounts({ labels, scores, weights }: ScoredLabels): CumulativeCounts {
  return weights ? sumWeights(labels, scores, weights) : countItems(labels, scores);
}

/** Each class's scores are sorted as numbers, which engines do much faster than sorting items; then both are walked down. */
function countItems(labels: ArrayLike<number>, scores: ArrayLike<number>): CumulativeCounts {
  const [negatives, positives] = sortByClass(labels, scores);
  const counts = emptyCounts(scores.length);
  let distinct = 0;
  let [p, n] = [positives.length, negatives.length];
  while (p > 0 || n > 0) {
    const threshold = Math.max(p > 0 ? positives[p - 1] : -Infinity, n > 0 ? negatives[n - 1] : -Infinity);
    while (p > 0 && positives[p - 1] === threshold) {
      p -= 1;
    }
    while (n > 0 && negatives[n - 1] === threshold) {
      n -= 1;
    }
    counts.thresholds[distinct] = threshold;
    counts.truePositives[distinct] = positives.length - p;
    counts.falsePositives[distinct] = negatives.length - n;
    distinct += 1;
  }
  return cut(counts, distinct);
}

/** Scores of label 0 and of label 1, ascending. */
function sortByClass(labels: ArrayLike<number>, scores: ArrayLike<number>): [Float64Array, Float64Array] {
  let positives = 0;
  for (let i = 0; i < labels.length; i += 1) {
    positives += labels[i];
  }
  const classes: [Float64Array, Float64Array] = [
    new Float64Array(labels.length - positives),
    new Float64Array(positives),
  ];
  const filled = [0, 0];
  for (let i = 0; i < labels.length; i += 1) {
    const label = labels[i];
    classes[label][filled[label]] = scores[i];
    filled[label] += 1;
  }
  for (const own of classes) {
    own.sort();
  }
  return classes;
}

function sumWeights(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  weights: ArrayLike<number>,
): CumulativeCounts {
  const order = Uint32Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[b] - scores[a] || a - b);
  const counts = emptyCounts(scores.length);
  let distinct = 0;
  let [hits, alarms] = [0, 0];
  for (const item of order) {
    if (weights[item] === 0) {
      continue;
    }
    if (distinct === 0 || scores[item] !== counts.thresholds[distinct - 1]) {
      distinct += 1;
    }
    if (labels[item] === 1) {
      hits += weights[item];
    } else {
      alarms += weights[item];
    }
    counts.thresholds[distinct - 1] = scores[item];
    counts.truePositives[distinct - 1] = hits;
    counts.falsePositives[distinct - 1] = alarms;
  }
  return cut(counts, distinct);
}

const emptyCounts = (length: number): CumulativeCounts => ({
  thresholds: new Float64Array(length),
  truePositives: new Float64Array(length),
  falsePositives: new Float64Array(length),
});

const cut = ({ thresholds, truePositives, falsePositives }: CumulativeCounts, length: number): CumulativeCounts => ({
  thresholds: thresholds.subarray(0, length),
  truePositives: truePositives.subarray(0, length),
  falsePositives: falsePositives.subarray(0, length),
});
