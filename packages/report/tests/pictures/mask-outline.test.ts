import { expect, test } from '@jest/globals';

import { maskOutline } from '../../src/pictures/mask-outline.js';

test('one pixel has four edges', () => {
  expect(maskOutline({ data: [0, 0, 0, 0, 1, 0, 0, 0, 0], width: 3, height: 3 })).toBe('M1 1h1M1 2h1M1 1v1M2 1v1');
});

test('neighbouring edges join to one stroke, also at the border', () => {
  expect(maskOutline({ data: [1, 1, 0, 0], width: 2, height: 2 })).toBe('M0 0h2M0 1h2M0 0v1M2 0v1');
});

test('an empty mask has no outline', () => {
  expect(maskOutline({ data: [0, 0, 0, 0], width: 2, height: 2 })).toBe('');
});
