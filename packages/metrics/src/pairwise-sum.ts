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
    const sums = Array.from({ length: 8 }, (_, k) => values[start + k]);
    for (done = 8; done + 8 <= length; done += 8) for (let k = 0; k < 8; k += 1) sums[k] += values[start + done + k];
    const [a, b, c, d, e, f, g, h] = sums;
    sum = a + b + (c + d) + (e + f + (g + h));
  }
  for (; done < length; done += 1) sum += values[start + done];
  return sum;
}
