import { expect, test } from '@jest/globals';
import { elementCount } from '../src/index.js';

// numpy: int(np.prod(shape)).
test.each([
  [[], 1],
  [[7], 7],
  [[2, 3, 4], 24],
  [[5, 0, 3], 0],
])('an array of shape %j has %d elements', (shape, count) => {
  expect(elementCount(shape)).toBe(count);
});
