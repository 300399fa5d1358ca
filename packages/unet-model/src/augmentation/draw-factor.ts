import type { RandomState } from '@fractura/python-compat';

/**
 * A random factor as batchgeneratorsv2's BGContrast draws it: below 1 and above 1 equally often, whatever the range.
 *
 * @see nnU-Net: batchgeneratorsv2/transforms/intensity/contrast.py, BGContrast
 */
export function drawFactor(random: RandomState, [low, high]: readonly [number, number]): number {
  if (random.randomSample() < 0.5 && low < 1) {
    return random.uniform(low, 1);
  }
  return random.uniform(Math.max(low, 1), high);
}
