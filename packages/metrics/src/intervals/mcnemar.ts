import { checkGiven } from '../check-given.js';
import { MetricsError } from '../errors.js';
import { normalCdf } from './normal.js';

/** How many items only one of two classifiers gets right, and how likely so uneven a share is by chance. */
export interface McNemar {
  onlyFirst: number;
  onlySecond: number;
  /** The smaller count, or the chi-squared statistic. */
  statistic: number;
  /** Two-sided. */
  p: number;
  method: 'exact' | 'chi-squared' | 'chi-squared-corrected';
}

/**
 * McNemar's test (1947) of two classifiers on the same items: whether the items that only one gets right fall evenly.
 *
 * @param first whether the first classifier is right about each item; `second` the same for the other.
 * @param options `method`: the exact binomial test (default), or chi-squared without or with Edwards' continuity correction.
 * @throws MetricsError `length-mismatch`
 */
export function mcnemar(
  given: { first: readonly boolean[]; second: readonly boolean[] },
  options: { method?: McNemar['method'] } = {},
): McNemar {
  checkGiven({ given, options }, mcnemarArguments);
  const { first, second } = given;
  const { method = 'exact' } = options;

  if (first.length !== second.length) {
    throw new MetricsError(`The first classifier has ${first.length} items, the second ${second.length}.`, {
      code: 'length-mismatch',
      remedy: 'Give both for the same items, in the same order.',
    });
  }
  const onlyFirst = first.filter((right, i) => right && !second[i]).length;
  const onlySecond = second.filter((right, i) => right && !first[i]).length;
  const discordant = onlyFirst + onlySecond;
  if (method === 'exact') {
    const statistic = Math.min(onlyFirst, onlySecond);
    return { onlyFirst, onlySecond, statistic, p: binomialP(statistic, discordant), method };
  }
  // Where they never differ there is nothing to say, and 0 / 0 with or without a correction.
  if (discordant === 0) {
    return { onlyFirst, onlySecond, statistic: 0, p: 1, method };
  }
  const distance = Math.abs(onlyFirst - onlySecond) - (method === 'chi-squared' ? 0 : 1);
  const statistic = distance ** 2 / discordant;
  // Chi-squared of one degree of freedom is a squared normal variable.
  return { onlyFirst, onlySecond, statistic, p: 2 * normalCdf(-Math.sqrt(statistic)), method };
}

/** Both tails of Binomial(trials, 1/2), summed from the smaller count down. */
function binomialP(smaller: number, trials: number): number {
  let logTerm = -trials * Math.LN2;
  let tail = 0;
  for (let k = 0; k <= smaller; k += 1) {
    tail += Math.exp(logTerm);
    logTerm += Math.log((trials - k) / (k + 1));
  }
  return Math.min(1, 2 * tail);
}

const mcnemarArguments = {
  given: { first: ['boolean'], second: ['boolean'] },
  options: { 'method?': 'exact|chi-squared|chi-squared-corrected' },
};
