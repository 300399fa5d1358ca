import { expect, test } from '@jest/globals';
import { RandomState } from '@fractura/python-compat';
import { detailCorrelation, fineDetail, placeThumbnail } from '../../src/audit/fine-detail.js';
import { hammingDistance, lowCoefficients, perceptualHash, placements } from '../../src/audit/perceptual-hash.js';

const random = new RandomState(5);
const likeness = (one: Uint8Array, other: Uint8Array, rows?: number) =>
  detailCorrelation(fineDetail(one, rows), fineDetail(other, rows));
const noise = () => Uint8Array.from({ length: 64 * 64 }, () => random.randint(0, 256));

test('the coefficients are those of the orthogonal cosine basis', () => {
  // A single cosine of vertical frequency 3 and horizontal frequency 5 has one coefficient: 64/2 times 64/2.
  const wave = Float64Array.from({ length: 64 * 64 }, (_, i) => {
    const [y, x] = [Math.floor(i / 64), i % 64];
    return Math.cos((Math.PI * 3 * (2 * y + 1)) / 128) * Math.cos((Math.PI * 5 * (2 * x + 1)) / 128);
  });
  const coefficients = lowCoefficients(wave);
  coefficients.forEach((value, i) => {
    expect(value).toBeCloseTo(i === 3 * 16 + 5 ? 1024 : 0, 8);
  });
});

test('the hash of a placed image is the placed hash, in all eight placements', () => {
  const image = noise();
  const coefficients = lowCoefficients(image);
  expect(new Set(placements.map((placement) => JSON.stringify(placement))).size).toBe(8);
  for (const placement of placements) {
    const placed = perceptualHash(lowCoefficients(placeThumbnail(image, placement)));
    expect(hammingDistance(placed, 0, perceptualHash(coefficients, placement), 0)).toBe(0);
  }
});

test('unrelated images differ in about half of the bits, and the distance counts them', () => {
  const [a, b] = [perceptualHash(lowCoefficients(noise())), perceptualHash(lowCoefficients(noise()))];
  const distance = hammingDistance(a, 0, b, 0);
  expect(distance).toBeGreaterThan(90);
  expect(distance).toBeLessThan(166);
  const bits = (hash: Uint32Array) => [...hash].map((word) => word.toString(2).padStart(32, '0')).join('');
  const [bitsA, bitsB] = [bits(a), bits(b)];
  expect(distance).toBe(Array.from(bitsA).filter((bit, i) => bit !== bitsB[i]).length);
});

test('fine detail correlates fully with itself, not with other detail, and not at all where there is none', () => {
  const image = noise();
  expect(likeness(image, image)).toBeCloseTo(1, 12);
  expect(Math.abs(likeness(image, noise()))).toBeLessThan(0.1);
  expect(likeness(image, new Uint8Array(64 * 64).fill(9))).toBe(0);
  const lowerHalfLost = image.map((grey, i) => (i < 32 * 64 ? grey : 128));
  expect(likeness(image, lowerHalfLost, 32)).toBeCloseTo(1, 12);
  expect(likeness(image, lowerHalfLost)).toBeLessThan(0.9);
});

test('detail is clipped at the value that sorting would find, and what lies above is cut down to it', () => {
  const image = Uint8Array.from({ length: 64 * 64 }, (_, i) => (i === 2000 || i === 90 ? 255 : (i * 13) % 40));
  const { values } = fineDetail(image);
  const laplacians = Array.from({ length: 62 * 62 }, (_, k) => {
    const i = (Math.floor(k / 62) + 1) * 64 + (k % 62) + 1;
    return 4 * image[i] - image[i - 1] - image[i + 1] - image[i - 64] - image[i + 64];
  });
  const limit = laplacians.map(Math.abs).sort((a, b) => a - b)[Math.floor(0.95 * laplacians.length)];
  expect(Array.from(values)).toEqual(laplacians.map((value) => Math.max(-limit, Math.min(limit, value))));
});
