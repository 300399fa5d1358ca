import { expect, test } from '@jest/globals';
import { deriveEpochSeed, deriveSeed } from '../src/index.js';

// Trainings that go on from a checkpoint depend on these very numbers.
test.each([
  [[], 2654435769],
  [[0], 2462723854],
  [[1], 2289555859],
  [[12345, 0, 1], 3300312104],
  [[12345, 1, 0], 2958561656],
  [[4294967295, 7], 3967229240],
])('the seed of %j is %d', (parts, seed) => {
  expect(deriveSeed(...parts)).toBe(seed);
});

test.each([
  [0, 0, 2654435761],
  [12345, 3, 2027804413],
])('the seed from %d for epoch %d is %d', (seed, epoch, expected) => {
  expect(deriveEpochSeed(seed, epoch)).toBe(expected);
});
