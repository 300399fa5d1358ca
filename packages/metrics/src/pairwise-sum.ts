/**
 * A sum in numpy's order, where the last bit counts: so that means are those of nnU-Net's files, and that a percentile that a
 * whole number of equal areas reaches is reached here too.
 *
 * @see numpy `_core/src/umath/loops_utils.h.src`, pairwise sum
 */
export function pairwiseSum(values: ArrayLike<number>, start = 0, length = values.length): number {
  if (length > 128) {
    const half = Math.floor(length / 16) * 8;
    return pairwiseSum(values, start, half) + pairwiseSum(values, start + half, length - half);
  }
  let sum = 0;
  let done = 0;
  if (length >= 8) {
    // Written out: an array of eight sums takes thrice the time.
    let [a, b, c, d, e, f, g, h] = [0, 0, 0, 0, 0, 0, 0, 0];
    for (; done + 8 <= length; done += 8) {
      const i = start + done;
      a += values[i];
      b += values[i + 1];
      c += values[i + 2];
      d += values[i + 3];
      e += values[i + 4];
      f += values[i + 5];
      g += values[i + 6];
      h += values[i + 7];
    }
    sum = a + b + (c + d) + (e + f + (g + h));
  }
  for (; done < length; done += 1) {
    sum += values[start + done];
  }
  return sum;
}
