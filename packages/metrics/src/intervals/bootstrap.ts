import { checkGiven } from '../check-given.js';
import { MetricsError } from '../errors.js';
import { checkConfidence, type Interval } from './interval.js';
import { normalCdf, normalQuantile } from './normal.js';
import { quantile } from '../quantile.js';
import { seededUniform } from './random.js';

/** How to resample. */
export interface BootstrapOptions<Case> {
  cases: readonly Case[];
  /** The number that the interval is for, of a list of cases. */
  statistic: (cases: readonly Case[]) => number;
  /** A group for each case; whole groups are drawn, as for several images of one patient. Default: each case its own. */
  groups?: readonly (string | number)[];
  /** Default 0.95. */
  confidence?: number;
  /** Default 2000. */
  resamples?: number;
  /** Default 0; the same seed gives the same interval. */
  seed?: number;
  /** `bca` corrects for bias and skewness (Efron 1987); default `percentile`. */
  method?: 'percentile' | 'bca';
}

/**
 * A bootstrap confidence interval. Resamples for which the statistic is not defined (NaN) are left out.
 *
 * @returns bounds NaN where there are fewer than two groups or hardly any resample is defined.
 * @throws MetricsError `no-cases`, `length-mismatch`, `option-invalid`
 * @see Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapters 13 and 14
 */
export function bootstrapInterval<Case>(options: BootstrapOptions<Case>): Interval {
  checkGiven(options, bootstrapOptionsRule);

  const { cases, statistic, confidence = 0.95, resamples = 2000, seed = 0, method = 'percentile' } = options;
  if (cases.length === 0) {
    throw new MetricsError('There are no cases to resample.', {
      code: 'no-cases',
      remedy: 'Give at least one case.',
    });
  }
  checkConfidence(confidence);
  if (!(Number.isInteger(resamples) && resamples > 0)) {
    throw new MetricsError(`The number of resamples is ${resamples}.`, {
      code: 'option-invalid',
      remedy: 'Give a whole number above 0.',
    });
  }
  const members = groupMembers(options);
  const value = statistic(cases);
  const drawn = resampledStatistics(members, { statistic, resamples, seed });
  const undefinedInterval = { value, lower: NaN, upper: NaN, confidence, method };
  if (members.length < 2 || drawn.length < resamples / 2) {
    return undefinedInterval;
  }
  const side = (1 - confidence) / 2;
  const levels = method === 'bca' ? bcaLevels(members, { statistic, value, drawn, side }) : [side, 1 - side];
  const [lower, upper] = levels.map((level) => quantile(drawn, level));
  return { value, lower, upper, confidence, method };
}

function groupMembers<Case>({ cases, groups }: BootstrapOptions<Case>): Case[][] {
  if (!groups) {
    return cases.map((one) => [one]);
  }
  if (groups.length !== cases.length) {
    throw new MetricsError(`There are ${groups.length} groups for ${cases.length} cases.`, {
      code: 'length-mismatch',
      remedy: 'Give the group of every case, in the same order.',
    });
  }
  const members = new Map<string | number, Case[]>();
  cases.forEach((one, i) => {
    members.set(groups[i], [...(members.get(groups[i]) ?? []), one]);
  });
  return [...members.values()];
}

function resampledStatistics<Case>(
  members: readonly Case[][],
  { statistic, resamples, seed }: { statistic: (cases: readonly Case[]) => number; resamples: number; seed: number },
): Float64Array {
  const uniform = seededUniform(seed);
  const drawn = Float64Array.from({ length: resamples }, () =>
    statistic(members.flatMap(() => members[Math.floor(uniform() * members.length)])),
  );
  return drawn.filter((value) => !Number.isNaN(value)).sort();
}

/** The percentiles that BCa reads instead of the plain ones. */
function bcaLevels<Case>(
  members: readonly Case[][],
  {
    statistic,
    value,
    drawn,
    side,
  }: { statistic: (cases: readonly Case[]) => number; value: number; drawn: Float64Array; side: number },
): [number, number] {
  const below =
    drawn.reduce((count, other) => count + (other < value ? 1 : other === value ? 0.5 : 0), 0) / drawn.length;
  const bias = normalQuantile(Math.min(Math.max(below, 0.5 / drawn.length), 1 - 0.5 / drawn.length));
  const left = members.map((_, i) => statistic(members.filter((__, j) => j !== i).flat()));
  const mean = left.reduce((sum, other) => sum + other, 0) / left.length;
  const cubes = left.reduce((sum, other) => sum + (mean - other) ** 3, 0);
  const squares = left.reduce((sum, other) => sum + (mean - other) ** 2, 0);
  const acceleration = squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
  const level = (z: number) => normalCdf(bias + (bias + z) / (1 - acceleration * (bias + z)));
  return [level(normalQuantile(side)), level(normalQuantile(1 - side))];
}

/** Two statistics over the same cases. */
export interface PairedBootstrapOptions<Case> extends Omit<BootstrapOptions<Case>, 'statistic'> {
  first: (cases: readonly Case[]) => number;
  second: (cases: readonly Case[]) => number;
}

/** The interval of the difference first less second when both are computed on the same resampled cases. */
export function pairedBootstrap<Case>(given: PairedBootstrapOptions<Case>): Interval {
  checkGiven({ given }, { given: pairedBootstrapOptionsRule });
  const { first, second, ...options } = given;

  return bootstrapInterval({ ...options, statistic: (cases) => first(cases) - second(cases) });
}

/** What {@link BootstrapOptions} must be. */
export const bootstrapOptionsRule = {
  cases: 'list',
  statistic: 'function',
  'groups?': 'list',
  'seed?': 'whole number',
  'method?': 'percentile|bca',
};

/** What {@link PairedBootstrapOptions} must be. */
export const pairedBootstrapOptionsRule = {
  first: 'function',
  second: 'function',
  cases: 'list',
  'groups?': 'list',
  'seed?': 'whole number',
  'method?': 'percentile|bca',
};
