import { expect, test } from '@jest/globals';
import { holdOut, kFold } from '../../src/index.js';

const records = Array.from({ length: 10 }, (_, i) => ({
  id: `r${i}`,
  file: `r${i}.png`,
  bytes: i,
  fractured: i % 2 === 0,
}));
const refused = expect.objectContaining({ code: 'split-options', remedy: expect.stringMatching(/\w/) });

test.each([Number.NaN, Infinity, 1.5, 2 ** 53])('the seed %p is refused', (seed) => {
  expect(() => kFold(records, { seed })).toThrow(refused);
  expect(() => holdOut(records, { seed })).toThrow(refused);
});

test.each([Number.NaN, -1, 0, 1, 2.5, 11, Infinity])('%p folds are refused', (folds) => {
  expect(() => kFold(records, { seed: 1, folds })).toThrow(refused);
  expect(() => kFold([], { seed: 1, folds })).toThrow('folds of 0 radiographs cannot be made');
});

test.each([Number.NaN, -0.1, 0, 1, 5])('a share of %p is refused', (testShare) => {
  expect(() => holdOut(records, { seed: 1, testShare })).toThrow(refused);
});
