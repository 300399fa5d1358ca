import { expect, test } from '@jest/globals';
import { presenceProbability } from '../../src/cutoff/presence-probability.js';

test('the mean of the log odds of the surest class and of the surest voxel', () => {
  // Odds of 9 and of 1 / 4: their geometric mean is 1.5.
  expect(presenceProbability({ presence: [0.3, 0.9], largest: 0.2 })).toBeCloseTo(0.6, 12);
});

test('without a head, the surest voxel alone', () => {
  expect(presenceProbability({ largest: 0.2 })).toBe(0.2);
  expect(presenceProbability({ presence: [], largest: 0.2 })).toBe(0.2);
});

test('0 and 1 have finite odds', () => {
  expect(presenceProbability({ presence: [1], largest: 0 })).toBeCloseTo(0.5, 6);
  expect(presenceProbability({ presence: [1], largest: 1 })).toBeLessThanOrEqual(1);
});
