/** How far apart two engines' numbers are. */

/** A tensor's values, read asynchronously. */
export const valuesOf = async (tensor) => Float32Array.from(await tensor.data());

/** Largest difference relative to the largest expected value; infinite where a value is not finite or the sizes differ. */
export function relativeDifference(found, expected) {
  if (found.length !== expected.length) {
    return Infinity;
  }
  let [scale, worst] = [1e-3, 0];
  for (let i = 0; i < expected.length; i += 1) {
    const off = Math.abs(found[i] - expected[i]);
    // Not a number is not greater than anything.
    if (!(off <= worst)) {
      worst = Number.isFinite(off) ? off : Infinity;
    }
    scale = Math.max(scale, Math.abs(expected[i]));
  }
  return worst / scale;
}
