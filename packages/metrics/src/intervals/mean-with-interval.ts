import { checkGiven } from '../check-given.js';
import { bootstrapInterval } from './bootstrap.js';

/** A mean over cases with its 95 % bootstrap interval. */
export interface MeanInterval {
  value: number;
  lower: number;
  upper: number;
  /** How many cases have a finite value. */
  cases: number;
}

/** How cases are resampled. */
export interface MeanWithIntervalOptions {
  /** A group for each value; whole groups are drawn, as for several images of one patient. Default: each case its own. */
  groups?: readonly number[];
  /** Default 0; the same seed gives the same interval. */
  seed?: number;
}

/**
 * The mean of the values that are finite, with its percentile bootstrap interval: all NaN where none is finite.
 *
 * @throws MetricsError `length-mismatch`
 * @see Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13
 */
export function meanWithInterval(values: readonly number[], options: MeanWithIntervalOptions = {}): MeanInterval {
  checkGiven({ values, options }, meanWithIntervalArguments);
  const { groups, seed = 0 } = options;

  const finite = [...values.keys()].filter((i) => Number.isFinite(values[i]));
  if (finite.length === 0) {
    return { value: NaN, lower: NaN, upper: NaN, cases: 0 };
  }
  const { value, lower, upper } = bootstrapInterval({
    cases: finite.map((i) => values[i]),
    statistic: (drawn) => drawn.reduce((sum, each) => sum + each, 0) / drawn.length,
    groups: groups && finite.map((i) => groups[i]),
    seed,
  });
  return { value, lower, upper, cases: finite.length };
}

/** What {@link MeanWithIntervalOptions} must be. */
export const meanWithIntervalOptionsRule = { 'groups?': ['number'], 'seed?': 'whole number' };

const meanWithIntervalArguments = { values: ['number'], options: meanWithIntervalOptionsRule };
