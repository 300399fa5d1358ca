import { checkScored, type ScoredLabels } from './checked.js';

/** The mean squared distance of probability and label (Brier 1950). */
export function brierScore(scored: ScoredLabels): number {
  checkScored(scored);
  const { labels, scores } = scored;
  return (
    Array.from(scores, (score, i) => (score - labels[i]) ** 2).reduce((sum, value) => sum + value, 0) / scores.length
  );
}

/** The mean negative log-likelihood; probabilities are kept the machine's epsilon away from 0 and 1, as in scikit-learn. */
export function logLoss(scored: ScoredLabels): number {
  checkScored(scored);
  const { labels, scores } = scored;
  const losses = Array.from(scores, (score, i) => {
    const probability = Math.min(Math.max(score, Number.EPSILON), 1 - Number.EPSILON);
    return -Math.log(labels[i] === 1 ? probability : 1 - probability);
  });
  return losses.reduce((sum, value) => sum + value, 0) / losses.length;
}

/**
 * How far confidence and accuracy lie apart over equal bins of confidence: their mean (ECE) and largest distance (MCE).
 *
 * @see Guo et al., On Calibration of Modern Neural Networks, ICML 2017
 */
export function calibrationError(
  scored: ScoredLabels,
  { bins = 10 }: { bins?: number } = {},
): { expected: number; maximum: number } {
  checkScored(scored);
  const { labels, scores } = scored;
  const sums = Array.from({ length: bins }, () => ({ count: 0, confidence: 0, positives: 0 }));
  for (let i = 0; i < scores.length; i += 1) {
    const bin = sums[Math.min(bins - 1, Math.floor(scores[i] * bins))];
    bin.count += 1;
    bin.confidence += scores[i];
    bin.positives += labels[i];
  }
  const gaps = sums
    .filter(({ count }) => count > 0)
    .map(({ count, confidence, positives }) => ({ count, gap: Math.abs(confidence - positives) / count }));
  return {
    expected: gaps.reduce((sum, { count, gap }) => sum + (count / scores.length) * gap, 0),
    maximum: Math.max(0, ...gaps.map(({ gap }) => gap)),
  };
}
