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

test('of what is large, deep or refers to itself the beginning is shown', () => {
  let deep: unknown = 1;
  for (let level = 0; level < 1e5; level += 1) {
    deep = [deep];
  }
  const round: unknown[] = [];
  round.push(round);
  expect(describeValue(deep)).toBe(`${'['.repeat(57)}...`);
  expect(describeValue(round)).toBe(`${'['.repeat(57)}...`);
  expect(describeValue(new Array(1e7).fill(1))).toBe(`[${'1,'.repeat(28)}...`);
  expect(describeValue({ a: 1, b: { c: [true] } })).toBe('{"a":1,"b":{"c":[true]}}');
});
