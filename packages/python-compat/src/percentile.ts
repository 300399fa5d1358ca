import { PythonCompatError } from './errors.js';

/** Numbers in ascending order: an array, a typed array, or whatever tells its length and the number at a position. */
export interface SortedNumbers {
  readonly length: number;
  at(index: number): number | undefined;
}

/**
 * `numpy.percentile(values, percent)` with its default method, linear interpolation, in float64.
 *
 * @param sortedValues ascending, without NaN.
 * @param percent from 0 to 100.
 * @throws PythonCompatError `empty-values` or `bad-percent`.
 */
export function percentile(sortedValues: SortedNumbers, percent: number): number {
  if (sortedValues.length === 0) {
    throw new PythonCompatError('There are no values to take a percentile of.', {
      code: 'empty-values',
      remedy: 'Give at least one value.',
    });
  }
  if (!(percent >= 0 && percent <= 100)) {
    throw new PythonCompatError(`The percentile is ${String(percent)}.`, {
      code: 'bad-percent',
      remedy: 'It must be from 0 to 100.',
    });
  }
  const position = (percent / 100) * (sortedValues.length - 1);
  const index = Math.floor(position);
  const weight = position - index;
  const low = sortedValues.at(index)!;
  const high = sortedValues.at(Math.min(index + 1, sortedValues.length - 1))!;
  // numpy's _lerp comes from the nearer end, for symmetry.
  return weight >= 0.5 ? high - (high - low) * (1 - weight) : low + (high - low) * weight;
}
