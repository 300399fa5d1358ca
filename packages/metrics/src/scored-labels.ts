import { MetricsError } from './errors.js';

/** Binary labels with a score for the positive class. */
export interface ScoredLabels {
  /** 0 or 1 each. */
  labels: ArrayLike<number>;
  /** Higher means more likely 1. */
  scores: ArrayLike<number>;
  /** How much each item counts, at least 0. Default: 1 each. */
  weights?: ArrayLike<number>;
}

/** @throws MetricsError `length-mismatch`, `label-invalid`, `score-invalid`, `weight-invalid` */
export function checkScored({ labels, scores, weights }: ScoredLabels): void {
  checkLengths(labels, scores, 'scores');
  checkWeights(weights, labels.length);
  for (let i = 0; i < labels.length; i += 1) {
    if (labels[i] !== 0 && labels[i] !== 1) {
      throw new MetricsError(`Label ${i} is ${labels[i]}.`, { code: 'label-invalid', remedy: 'Give 0 or 1.' });
    }
    if (!Number.isFinite(scores[i])) {
      throw new MetricsError(`Score ${i} is ${scores[i]}.`, { code: 'score-invalid', remedy: 'Give finite numbers.' });
    }
  }
}

/** As `checkScored`, and every score must be a probability. */
export function checkProbabilities(scored: ScoredLabels): void {
  checkScored(scored);
  for (let i = 0; i < scored.scores.length; i += 1) {
    const score = scored.scores[i];
    if (score >= 0 && score <= 1) {
      continue;
    }
    throw new MetricsError(`Score ${i} is ${score}, which is not a probability.`, {
      code: 'score-invalid',
      remedy: 'Give numbers from 0 to 1; a sigmoid makes probabilities of logits.',
    });
  }
}

/** @throws MetricsError `length-mismatch` */
export function checkLengths(labels: ArrayLike<unknown>, others: ArrayLike<unknown> | undefined, what: string): void {
  if (labels.length === others?.length) {
    return;
  }
  throw new MetricsError(`There are ${labels.length} labels and ${others?.length ?? 'no'} ${what}.`, {
    code: 'length-mismatch',
    remedy: 'Give one for each item, in the same order.',
  });
}

/** @throws MetricsError `length-mismatch`, `weight-invalid` */
export function checkWeights(weights: ArrayLike<number> | undefined, items: number): void {
  if (!weights) {
    return;
  }
  if (weights.length !== items) {
    throw new MetricsError(`There are ${weights.length} weights for ${items} items.`, {
      code: 'length-mismatch',
      remedy: 'Give one for each item, in the same order.',
    });
  }
  for (let i = 0; i < items; i += 1) {
    if (weights[i] >= 0 && Number.isFinite(weights[i])) {
      continue;
    }
    throw new MetricsError(`Weight ${i} is ${weights[i]}.`, {
      code: 'weight-invalid',
      remedy: 'Give finite numbers of at least 0.',
    });
  }
}

/** What {@link ScoredLabels} must be. */
export const scoredLabelsRule = { labels: 'numbers', scores: 'numbers', 'weights?': 'numbers' };

/** What scored labels and the options that go with them must be. */
export const scoredArguments = { scored: scoredLabelsRule, options: 'object' };
