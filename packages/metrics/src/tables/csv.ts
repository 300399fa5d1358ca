import { checkGiven } from '../check-given.js';
import type { Cell } from './leaves.js';
import { toTable } from './table.js';

/**
 * A result as comma-separated values, numbers in full: see {@link toTable} for its rows. NaN and Infinity are spelled so; what a row
 * lacks is empty.
 *
 * @see RFC 4180
 */
export function toCsv(result: object): string {
  checkGiven({ result }, { result: 'object' });

  const { columns, rows } = toTable(result);
  return [columns, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

function field(cell: Cell): string {
  const text = cell === null || cell === undefined ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
