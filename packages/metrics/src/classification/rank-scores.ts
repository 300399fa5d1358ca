/** Below this many items a comparison sort is faster than counting. */
const fewItems = 2048;

/**
 * Indices of the scores from the highest to the lowest; equal scores keep their order.
 *
 * Many scores are sorted by counting, 16 bits of the number at a time from the lowest up (LSD radix sort): four passes over
 * the data whatever the order is.
 */
export function rankScores(scores: ArrayLike<number>): Uint32Array {
  const indices = Uint32Array.from({ length: scores.length }, (_, i) => i);
  if (scores.length < fewItems) return indices.sort((a, b) => scores[b] - scores[a] || a - b);
  const digits = sortableDigits(scores);
  let [from, to] = [indices, new Uint32Array(indices.length)];
  const starts = new Uint32Array(65_536);
  for (let place = 0; place < 4; place += 1) {
    starts.fill(0);
    for (let i = place; i < digits.length; i += 4) starts[digits[i]] += 1;
    let next = 0;
    for (let digit = 0; digit < starts.length; digit += 1) {
      const count = starts[digit];
      starts[digit] = next;
      next += count;
    }
    for (let i = 0; i < from.length; i += 1) to[starts[digits[4 * from[i] + place]]++] = from[i];
    [from, to] = [to, from];
  }
  return from;
}

/** Each score as four 16-bit digits, lowest first, of a number that is the smaller the higher the score is. */
function sortableDigits(scores: ArrayLike<number>): Uint16Array {
  // Adding 0 makes -0 a 0, which is its equal.
  const values = Float64Array.from(scores, (score) => score + 0);
  const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
  const digits = new Uint16Array(values.buffer);
  for (let i = 0; i < digits.length; i += 4) {
    if (!littleEndian) digits.subarray(i, i + 4).reverse();
    // Negative numbers grow with their bits already; the others are turned about, sign excepted.
    if (digits[i + 3] >>> 15) continue;
    for (let place = 0; place < 4; place += 1) digits[i + place] = ~digits[i + place];
    digits[i + 3] &= 0x7fff;
  }
  return digits;
}
