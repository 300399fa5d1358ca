import { expect, test } from '@jest/globals';
import { encodeCsv, parseCsv } from '../src/index.js';

const rows = [{ file: 'a.png', label: 'fractured, left' }];

test.each([
  ['commas', 'file,label\na.png,"fractured, left"\n'],
  ['semicolons', 'file;label\na.png;fractured, left\n'],
  ['tabs', 'file\tlabel\na.png\tfractured, left\n'],
  ['a byte order mark and lines of Windows', '\uFEFFfile,label\r\n\r\na.png,"fractured, left"\r\n'],
  ['capitals and blanks', ' File ; LABEL\n a.png ; fractured, left \n'],
  ['quoted headings', '"file","label"\n"a.png","fractured, left"'],
])('a table with %s', (_, text) => {
  expect(parseCsv(text)).toEqual({ columns: ['file', 'label'], rows });
});

test('what was marked against spreadsheets comes back as it was', () => {
  const cells = ['=1+1', '+a', '-b', '@c', "'=d", 'plain'];
  const { rows: read } = parseCsv(encodeCsv([['cell'], ...cells.map((cell) => [cell])]));
  expect(read.map(({ cell }) => cell)).toEqual(cells);
});

test.each([
  ['rows of other lengths', 'a,b\n1\n'],
  ['a quote that does not end', 'a,b\n"1,2\n'],
  ['a column twice', 'a,A\n1,2\n'],
])('%s are refused', (_, text) => {
  expect(() => parseCsv(text)).toThrow(Error);
});

test('an empty table has no columns', () => {
  expect(parseCsv('')).toEqual({ columns: [], rows: [] });
});
