import { expect, test } from '@jest/globals';
import { sizeForHours } from '../../src/settings/size-for-hours.js';

test.each([
  [0.25, 320],
  [0.5, 320],
  [1, 448],
  [5, 640],
])('%d hours on two cores of 170 GF/s are for %d pixels', (hours, size) => {
  expect(sizeForHours({ hours, folds: 5 }, 170)).toBe(size);
});

test('a faster engine or fewer folds allow larger films', () => {
  expect(sizeForHours({ hours: 1, folds: 5 }, 400)).toBe(640);
  expect(sizeForHours({ hours: 0.5, folds: 2 }, 170)).toBe(448);
});
