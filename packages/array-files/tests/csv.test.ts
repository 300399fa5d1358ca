import { expect, test } from '@jest/globals';
import { decodeCsvText, encodeCsv } from '../src/index.js';

test('cells are quoted where they must be, and numbers stay numbers', () => {
  expect(
    encodeCsv([
      ['file', 'a, b'],
      ['x "y".png', -1e-7],
      ['zwei\nzeilen', 0.5],
    ]),
  ).toBe('file,"a, b"\n"x ""y"".png",-1e-7\n"zwei\nzeilen",0.5\n');
});

test.each(['=1+1', '+1', '-1.png', '@SUM(A1)', '\t=1', '\r=1', "'=1"])(
  'the text %j is marked, so that a spreadsheet does not compute it, and comes back',
  (text) => {
    const cell = encodeCsv([[text]])
      .trimEnd()
      .replace(/^"|"$/g, '');
    expect(cell).toBe(`'${text}`);
    expect(decodeCsvText(cell)).toBe(text);
  },
);

test.each(["it's", "'quoted'", 'a=b', '', "''"])('the text %j stays as it is', (text) => {
  expect(decodeCsvText(text)).toBe(text);
  expect(encodeCsv([[text, 1]])).toBe(`${text},1\n`);
});
