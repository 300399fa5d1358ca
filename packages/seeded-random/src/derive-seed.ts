/**
 * A 32-bit seed from a seed and the numbers of what is drawn, such as fold, batch and sample; well mixed (the finaliser of
 * MurmurHash3, by Austin Appleby). What draws from a generator that is seeded by what it is does not depend on which worker
 * makes it, in which order, or where a run was taken up again.
 *
 * @param parts whole numbers; each counts modulo 2^32, and so does its place.
 */
export function deriveSeed(...parts: readonly number[]): number {
  let hash = 0x9e3779b9;
  for (const part of parts) {
    hash = (hash ^ Math.imul(part | 0, 0xcc9e2d51)) >>> 0;
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash = (hash ^ (hash >>> 16)) >>> 0;
  }
  return hash;
}

/**
 * The 32-bit seed of an epoch: the seed, exclusive-or the epoch's multiple of 2^32 divided by the golden ratio. Weaker than
 * {@link deriveSeed}, which new code uses; classifiers were trained with it, and a training that goes on must draw the same.
 *
 * @param epoch counted from 0.
 */
export function deriveEpochSeed(seed: number, epoch: number): number {
  return (seed ^ Math.imul(epoch + 1, 0x9e3779b1)) >>> 0;
}
