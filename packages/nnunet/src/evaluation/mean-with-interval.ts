import { bootstrapInterval } from '@fractura/metrics';

/** A mean over cases with its 95 % bootstrap interval. */
export interface IntervalOfMean {
  value: number;
  lower: number;
  upper: number;
  /** Those where the measure is defined. */
  cases: number;
}

/** How cases are drawn again. */
export interface MeanWithIntervalOptions {
  /** A group for each value; groups are drawn whole. Default: each case is its own. */
  groups?: readonly number[];
  /** Default 0; the same seed gives the same interval. */
  seed?: number;
}

/** The mean of a measure over the cases where it is a finite number, with its interval; NaN where it is nowhere. */
export function meanWithInterval(
  values: readonly number[],
  { groups, seed = 0 }: MeanWithIntervalOptions = {},
): IntervalOfMean {
  const kept = values.flatMap((value, i) => (Number.isFinite(value) ? [i] : []));
  if (kept.length === 0) {
    return { value: NaN, lower: NaN, upper: NaN, cases: 0 };
  }
  const { value, lower, upper } = bootstrapInterval({
    cases: kept.map((i) => values[i]),
    statistic: (drawn) => drawn.reduce((sum, each) => sum + each, 0) / drawn.length,
    groups: groups ? kept.map((i) => groups[i]) : undefined,
    seed,
  });
  return { value, lower, upper, cases: kept.length };
}
