import { expect, test } from '@jest/globals';
import { parseHTML } from 'linkedom';
import { factTable, formatNumber, formatPercent, numberCell, table, textCell, type Markup } from '../src/index.js';

const cellsOf = ({ text }: Markup, selector: string) =>
  [...parseHTML(text).document.querySelectorAll(selector)].map((cell) => cell.textContent?.trim());

test('a table has heads for its rows and columns, and a caption', () => {
  const drawn = table({
    caption: 'Numbers',
    columns: ['one', 'two'],
    rows: [{ name: 'a', cells: [numberCell(1), textCell('<2>')] }],
  });
  expect(cellsOf(drawn, 'caption')).toEqual(['Numbers']);
  expect(cellsOf(drawn, 'th[scope=col]')).toEqual(['one', 'two']);
  expect(cellsOf(drawn, 'th[scope=row]')).toEqual(['a']);
  expect(cellsOf(drawn, 'tbody td')).toEqual(['1', '<2>']);
});

test('facts are rows without a head', () => {
  const drawn = factTable([{ label: 'Images', value: '240' }]);
  expect(cellsOf(drawn, 'th, td')).toEqual(['Images', '240']);
});

test('a shade colours the ground of a cell', () => {
  expect(numberCell(3, 0.5).text).toContain('30%');
  expect(numberCell(3).text).not.toContain('style');
});

test('numbers have three digits after the point, large ones none, and NaN is a dash', () => {
  expect([0.12345, -2, 123.4, NaN].map(formatNumber)).toEqual(['0.123', '-2.000', '123', '–']);
});

test('shares are percents of two significant digits', () => {
  expect([1 / 3, 0.0025, 1, NaN].map(formatPercent)).toEqual(['33 %', '0.25 %', '100 %', '–']);
});
