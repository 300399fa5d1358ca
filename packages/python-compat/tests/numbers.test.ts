import { expect, test } from '@jest/globals';
import { floatRepr, percentile, roundHalfToEven } from '../src/index.js';
import { golden } from './golden.js';

test.each(golden.rounding)('rounds %p to %p', (value, rounded) => {
  expect(roundHalfToEven(value)).toBeCloseTo(rounded, 15);
});

test('leaves NaN and infinities as they are', () => {
  expect(roundHalfToEven(Number.NaN)).toBeNaN();
  expect(roundHalfToEven(-Infinity)).toBe(-Infinity);
});

test.each(golden.percentile.results)('takes percentile %p as numpy does', (percent, expected) => {
  expect(percentile(golden.percentile.values, percent)).toBeCloseTo(expected, 14);
});

test('refuses a percentile of nothing and one out of range', () => {
  expect(() => percentile([], 50)).toThrow(expect.objectContaining({ code: 'empty-values' }));
  expect(() => percentile([1], 101)).toThrow(expect.objectContaining({ code: 'bad-percent' }));
});

test.each(golden.floats)('spells the float %s as Python does', (repr, value) => {
  expect(floatRepr(value)).toBe(repr);
});
