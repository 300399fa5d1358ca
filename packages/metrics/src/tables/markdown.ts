import { checkGiven } from '../check-given.js';
import type { Cell } from './leaves.js';
import { toTable } from './table.js';

/**
 * A result as a table in Markdown: see {@link toTable} for its rows. Columns of numbers are aligned to the right.
 *
 * @param options.digits Significant digits of numbers that are not whole. Default 4.
 */
export function toMarkdown(result: object, options: { digits?: number } = {}): string {
  checkGiven({ result, options }, toMarkdownArguments);
  const { digits = 4 } = options;

  const { columns, rows } = toTable(result);
  const text = (cell: Cell): string => {
    if (cell === null || cell === undefined) {
      return '';
    }
    if (typeof cell !== 'number' || Number.isInteger(cell)) {
      return escaped(String(cell));
    }
    return String(Number(cell.toPrecision(digits)));
  };
  const numeric = columns.map((_, i) => rows.length > 0 && rows.every((row) => typeof row[i] !== 'string'));
  const line = (cells: string[]) => `| ${cells.join(' | ')} |\n`;
  return [
    line(columns.map(escaped)),
    line(numeric.map((right) => (right ? '---:' : '---'))),
    ...rows.map((row) => line(row.map(text))),
  ].join('');
}

const escaped = (text: string) => text.replace(/[\\|]/g, '\\$&').replace(/\r?\n/g, '<br>');

const toMarkdownArguments = { result: 'object', options: { 'digits?': 'finite number' } };
