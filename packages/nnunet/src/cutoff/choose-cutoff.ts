import type { Cutoff } from './cutoff-file.js';
import { diceAt, thresholds, type ThresholdCounts } from './threshold-counts.js';

/** What a cut-off must keep to. */
export interface ChooseCutoffOptions {
  /** Largest share of the cases without foreground that may have any voxel above it. Default 1: any. */
  mostFalseAlarms?: number;
}

/**
 * The threshold of the best mean Dice over the cases with foreground, among those with no more false alarms than wanted; where none
 * has so few, the best of those with the fewest.
 *
 * @param cases of all folds, each predicted by a network that has not seen it; undefined without one that has foreground.
 */
export function chooseCutoff(
  cases: readonly ThresholdCounts[],
  { mostFalseAlarms = 1 }: ChooseCutoffOptions = {},
): Cutoff | undefined {
  const lesions = cases.filter(({ reference }) => reference > 0);
  const empty = cases.filter(({ reference }) => reference === 0);
  if (lesions.length === 0) {
    return undefined;
  }
  const candidates = thresholds.map((threshold, t) => ({
    threshold,
    dice: lesions.reduce((sum, counts) => sum + diceAt(counts, t), 0) / lesions.length,
    falseAlarms: empty.length === 0 ? null : empty.filter(({ predicted }) => predicted[t] > 0).length / empty.length,
  }));
  const fewest = Math.min(...candidates.map(({ falseAlarms }) => falseAlarms ?? 0));
  const allowed = candidates.filter(({ falseAlarms }) => (falseAlarms ?? 0) <= Math.max(mostFalseAlarms, fewest));
  const best = allowed.reduce((a, b) => (b.dice > a.dice ? b : a));
  return { ...best, candidates, cases: [lesions.length, empty.length] };
}
