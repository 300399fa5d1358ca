/**
 * A 32-bit seed from a list of whole numbers, well mixed (the finaliser of MurmurHash3, by Austin Appleby). Every batch
 * and sample draws from a generator seeded by what it is, so results do not depend on which worker makes it, in which
 * order, or where a run was taken up again.
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
