import { MetricsError } from '../errors.js';

/**
 * McNemar's exact test (1947) of two classifiers on the same items: whether the items that only one gets right fall evenly.
 *
 * @param first whether the first classifier is right about each item; `second` the same for the other.
 * @throws MetricsError `length-mismatch`
 */
export function mcnemar({ first, second }: { first: readonly boolean[]; second: readonly boolean[] }): {
  onlyFirst: number;
  onlySecond: number;
  p: number;
} {
  if (first.length !== second.length) {
    throw new MetricsError(`${first.length} and ${second.length} items`, { code: 'length-mismatch' });
  }
  const onlyFirst = first.filter((right, i) => right && !second[i]).length;
  const onlySecond = second.filter((right, i) => right && !first[i]).length;
  const discordant = onlyFirst + onlySecond;
  // Binomial(discordant, 1/2), summed from the smaller count down.
  let logTerm = -discordant * Math.LN2;
  let tail = 0;
  for (let k = 0; k <= Math.min(onlyFirst, onlySecond); k += 1) {
    tail += Math.exp(logTerm);
    logTerm += Math.log((discordant - k) / (k + 1));
  }
  return { onlyFirst, onlySecond, p: Math.min(1, 2 * tail) };
}
