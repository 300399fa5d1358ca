import { MetricsError } from '../errors.js';

/**
 * Uniform numbers in [0, 1) from a seed, the same on every machine: xoshiro128** (Blackman and Vigna 2018). A generator of its
 * own, since this package depends on nothing, `seeded-random` included.
 *
 * @throws MetricsError `option-invalid` for a seed that is not a whole number.
 */
export function seededUniform(seed: number): () => number {
  if (!Number.isSafeInteger(seed)) {
    throw new MetricsError(`The seed is ${seed}.`, { code: 'option-invalid', remedy: 'Give a whole number.' });
  }
  let state = seed >>> 0;
  // SplitMix32 spreads one seed over the four words of the state.
  const words = Int32Array.from({ length: 4 }, () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  });
  const rotate = (value: number, by: number) => (value << by) | (value >>> (32 - by));
  const next = () => {
    const result = Math.imul(rotate(Math.imul(words[1], 5), 7), 9) >>> 0;
    const shifted = words[1] << 9;
    words[2] ^= words[0];
    words[3] ^= words[1];
    words[1] ^= words[2];
    words[0] ^= words[3];
    words[2] ^= shifted;
    words[3] = rotate(words[3], 11);
    return result;
  };
  return () => ((next() >>> 5) * 67_108_864 + (next() >>> 6)) / 9_007_199_254_740_992;
}
