// Looked up once, for the loop over pairs.
const { floor, imul } = Math;

/** Side of the grey thumbnail that a hash is taken from, in pixels. */
export const thumbnailSide = 64;
const lowFrequencies = 16;
/** 32-bit words of a hash: 16 x 16 bits. */
export const hashWords = (lowFrequencies * lowFrequencies) / 32;

/** A way to lay an image over another: transposed first, then mirrored left to right, then top to bottom. */
export interface Placement {
  transposed: boolean;
  flippedX: boolean;
  flippedY: boolean;
}

/** All eight ways to turn and mirror a square; the first leaves it as it is. */
export const placements: readonly Placement[] = [false, true].flatMap((transposed) =>
  [false, true].flatMap((flippedY) => [false, true].map((flippedX) => ({ transposed, flippedX, flippedY }))),
);

/**
 * The 16 x 16 lowest coefficients of the two-dimensional DCT-II, row-major by vertical frequency.
 *
 * @param thumbnail - `[rows, 64]`, row-major; rows beyond `rows` are not looked at.
 */
export function lowCoefficients(thumbnail: ArrayLike<number>, rows = thumbnailSide): Float64Array {
  const horizontal = cosinesFor(thumbnailSide);
  const vertical = cosinesFor(rows);
  const lines = new Float64Array(rows * lowFrequencies);
  for (let y = 0; y < rows; y += 1) {
    for (let u = 0; u < lowFrequencies; u += 1) {
      let sum = 0;
      for (let x = 0; x < thumbnailSide; x += 1) {
        sum += thumbnail[y * thumbnailSide + x] * horizontal[u * thumbnailSide + x];
      }
      lines[y * lowFrequencies + u] = sum;
    }
  }
  const coefficients = new Float64Array(lowFrequencies * lowFrequencies);
  for (let v = 0; v < lowFrequencies; v += 1) {
    for (let u = 0; u < lowFrequencies; u += 1) {
      let sum = 0;
      for (let y = 0; y < rows; y += 1) {
        sum += lines[y * lowFrequencies + u] * vertical[v * rows + y];
      }
      coefficients[v * lowFrequencies + u] = sum;
    }
  }
  return coefficients;
}

const tables = new Map<number, Float64Array>();

function cosinesFor(length: number): Float64Array {
  let table = tables.get(length);
  if (!table) {
    table = Float64Array.from({ length: lowFrequencies * length }, (_, i) => {
      const [frequency, position] = [Math.floor(i / length), i % length];
      return Math.cos((Math.PI * frequency * (2 * position + 1)) / (2 * length));
    });
    tables.set(length, table);
  }
  return table;
}

/**
 * The sign of each low DCT coefficient but the mean, 256 bits (the first is always 0), of the image as it would lie in
 * `placement`: a transposition swaps the frequencies, a mirror changes the sign of the odd ones.
 *
 * Signs are what survives a change of exposure, size or compression. Zauner, Implementation and Benchmarking of
 * Perceptual Image Hash Functions (2010), section 3.2.1, takes 64 bits against the median; radiographs of one body part
 * are so alike that 64 bits do not tell them apart.
 */
export function perceptualHash(coefficients: Float64Array, placement: Placement = placements[0]): Uint32Array {
  const { transposed, flippedX, flippedY } = placement;
  const words = new Uint32Array(hashWords);
  for (let i = 1; i < coefficients.length; i += 1) {
    const v = floor(i / lowFrequencies);
    const u = i % lowFrequencies;
    const value = coefficients[transposed ? u * lowFrequencies + v : i];
    const negated = (flippedX && u % 2 === 1) !== (flippedY && v % 2 === 1);
    if ((negated ? -value : value) > 0) {
      words[i >>> 5] |= 1 << (i & 31);
    }
  }
  return words;
}

/** The number of bits that differ between hash `i` of one table and hash `j` of another. */
export function hammingDistance(one: Uint32Array, i: number, other: Uint32Array, j: number): number {
  let distance = 0;
  for (let word = 0; word < hashWords; word += 1) {
    distance += countBits(one[i * hashWords + word] ^ other[j * hashWords + word]);
  }
  return distance;
}

/** Warren, Hacker's Delight, figure 5-2. */
function countBits(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
