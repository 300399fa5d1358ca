import { MetricsError } from '../errors.js';

/** Binary labels with a score for the positive class. */
export interface ScoredLabels {
  /** 0 or 1 each. */
  labels: ArrayLike<number>;
  /** Higher means more likely 1. */
  scores: ArrayLike<number>;
}

/** @throws MetricsError `length-mismatch`, `label-invalid`, `score-invalid` */
export function checkScored({ labels, scores }: ScoredLabels): void {
  if (labels.length !== scores.length) {
    throw new MetricsError(`${labels.length} labels for ${scores.length} scores`, { code: 'length-mismatch' });
  }
  for (let i = 0; i < labels.length; i += 1) {
    if (labels[i] !== 0 && labels[i] !== 1) {
      throw new MetricsError(`label ${i} is ${labels[i]}`, { code: 'label-invalid', remedy: 'Give 0 or 1.' });
    }
    if (Number.isNaN(scores[i])) {
      throw new MetricsError(`score ${i} is NaN`, { code: 'score-invalid', remedy: 'Give numbers.' });
    }
  }
}
