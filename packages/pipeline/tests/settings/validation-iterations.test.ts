import { expect, test } from '@jest/globals';
import { validationIterationsOf } from '../../src/settings/validation-iterations.js';

test('0 validates for a fifth of the training iterations and at least once; another number is taken as it is', () => {
  expect(validationIterationsOf({ iterations: 250, validationIterations: 0 })).toBe(50);
  expect(validationIterationsOf({ iterations: 12, validationIterations: 0 })).toBe(2);
  expect(validationIterationsOf({ iterations: 1, validationIterations: 0 })).toBe(1);
  expect(validationIterationsOf({ iterations: 250, validationIterations: 7 })).toBe(7);
});
