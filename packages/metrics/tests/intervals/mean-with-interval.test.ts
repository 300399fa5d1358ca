import { expect, test } from '@jest/globals';
import { bootstrapInterval, meanWithInterval } from '../../src/index.js';

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test('the mean and its interval are those of the bootstrap over the finite values', () => {
  const values = [0.2, NaN, 0.9, 0.4, Infinity, 0.7];
  const { value, lower, upper } = bootstrapInterval({ cases: [0.2, 0.9, 0.4, 0.7], statistic: mean, seed: 3 });
  expect(meanWithInterval(values, { seed: 3 })).toEqual({ value, lower, upper, cases: 4 });
});

test('groups are drawn whole, values that are left out with them', () => {
  const values = [0.1, 0.2, NaN, 0.9, 0.8];
  const drawn = bootstrapInterval({ cases: [0.1, 0.2, 0.9, 0.8], statistic: mean, groups: [1, 1, 2, 2] });
  expect(meanWithInterval(values, { groups: [1, 1, 1, 2, 2] })).toMatchObject({
    lower: drawn.lower,
    upper: drawn.upper,
  });
});

test('without a finite value there is neither a mean nor an interval', () => {
  expect(meanWithInterval([NaN])).toEqual({ value: NaN, lower: NaN, upper: NaN, cases: 0 });
});
