import { expect, test } from '@jest/globals';
import { linearAxis, roundNumbers } from '../../src/charts/axis.js';

test.each([
  [0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  [-0.7, 0.4, [-0.5, 0]],
  [0, 59, [0, 20, 40]],
  [0.0002, 0.0104, [0.005, 0.01]],
  [3, 3, [3]],
])('round numbers from %d to %d are %j', (low, high, ticks) => {
  expect(roundNumbers(low, high)).toEqual(ticks);
});

test('an axis leaves a little room around its values, none where a range is given', () => {
  const free = linearAxis([2, 4, NaN], {}, [0, 100]);
  expect(free.at(2)).toBeCloseTo(3.7, 1);
  expect(free.at(4)).toBeCloseTo(96.3, 1);
  const fixed = linearAxis([2, 4], { range: [0, 4] }, [100, 0]);
  expect([fixed.at(0), fixed.at(4)]).toEqual([100, 0]);
});

test('an axis may include 0, and mark whole numbers only', () => {
  const { at, ticks } = linearAxis([1, 2], { includeZero: true, whole: true }, [0, 100]);
  expect(at(0)).toBe(0);
  expect(ticks).toEqual([0, 1, 2]);
});

test('one value, or none, still has an axis', () => {
  expect(linearAxis([5], {}, [0, 100]).at(5)).toBe(50);
  expect(linearAxis([], {}, [0, 100]).at(0.5)).toBe(50);
});
