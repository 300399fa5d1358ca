/** Side of the grey thumbnail that a hash is taken from, in pixels. */
export const thumbnailSide = 64;
const lowFrequencies = 16;
/** 32-bit words of a hash: 16 x 16 bits. */
export const hashWords = (lowFrequencies * lowFrequencies) / 32;

const cosines = Float64Array.from({ length: lowFrequencies * thumbnailSide }, (_, i) => {
  const [frequency, position] = [Math.floor(i / thumbnailSide), i % thumbnailSide];
  return Math.cos((Math.PI * frequency * (2 * position + 1)) / (2 * thumbnailSide));
});

/** The 16 x 16 lowest coefficients of the two-dimensional DCT-II, row-major by vertical frequency. */
export function lowCoefficients(thumbnail: ArrayLike<number>): Float64Array {
  const side = thumbnailSide;
  const rows = new Float64Array(side * lowFrequencies);
  for (let y = 0; y < side; y += 1) {
    for (let u = 0; u < lowFrequencies; u += 1) {
      let sum = 0;
      for (let x = 0; x < side; x += 1) sum += thumbnail[y * side + x]! * cosines[u * side + x]!;
      rows[y * lowFrequencies + u] = sum;
    }
  }
  const coefficients = new Float64Array(lowFrequencies * lowFrequencies);
  for (let v = 0; v < lowFrequencies; v += 1) {
    for (let u = 0; u < lowFrequencies; u += 1) {
      let sum = 0;
      for (let y = 0; y < side; y += 1) sum += rows[y * lowFrequencies + u]! * cosines[v * side + y]!;
      coefficients[v * lowFrequencies + u] = sum;
    }
  }
  return coefficients;
}

/**
 * The sign of each low DCT coefficient but the mean, 256 bits (the first is always 0).
 *
 * Signs are what survives a change of exposure, size or compression. Zauner, Implementation and Benchmarking of
 * Perceptual Image Hash Functions (2010), section 3.2.1, takes 64 bits against the median; radiographs of one body part
 * are so alike that 64 bits do not tell them apart.
 */
export function perceptualHash(coefficients: Float64Array): Uint32Array {
  const words = new Uint32Array(hashWords);
  for (let i = 1; i < coefficients.length; i += 1) if (coefficients[i]! > 0) words[i >>> 5]! |= 1 << (i & 31);
  return words;
}

/** The number of bits that differ between hash `i` and hash `j` of a table of hashes one after another. */
export function hammingDistance(table: Uint32Array, i: number, j: number): number {
  let distance = 0;
  for (let word = 0; word < hashWords; word += 1) {
    distance += countBits(table[i * hashWords + word]! ^ table[j * hashWords + word]!);
  }
  return distance;
}

/** Warren, Hacker's Delight, figure 5-2. */
function countBits(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
