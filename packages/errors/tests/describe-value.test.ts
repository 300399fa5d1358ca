import { expect, test } from '@jest/globals';
import { describeValue } from '../src/index.js';

test.each([
  ['a text', '"a text"'],
  [[1, Number.NaN, { a: null }], '[1,"NaN",{"a":null}]'],
  [undefined, 'nothing'],
  [12n, '"12"'],
])('%p is described as %s', (value, text) => {
  expect(describeValue(value)).toBe(text);
});

test('what is long is cut', () => {
  expect(describeValue('x'.repeat(100))).toBe(`"${'x'.repeat(56)}...`);
});
