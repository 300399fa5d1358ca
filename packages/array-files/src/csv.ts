import { stringify } from 'csv-stringify/sync';

/** A text that a spreadsheet would take for a formula, or that would be taken for one so marked. */
const formulaLike = /^'*[=+\-@\t\r]/;

/**
 * A CSV table (RFC 4180, lines ending in `\n`), the heading first. A text that begins with `=`, `+`, `-`, `@`, a tab or a carriage
 * return gets a `'` before it, so that spreadsheets show it and do not compute it; numbers stay as they are.
 *
 * @see OWASP, CSV Injection
 */
export const encodeCsv = (rows: readonly (readonly (string | number)[])[]): string =>
  stringify(rows.map((row) => row.map((cell) => (typeof cell === 'string' ? markedText(cell) : String(cell)))));

/** The text that {@link encodeCsv} wrote as this cell. */
export const decodeCsvText = (cell: string): string =>
  cell.startsWith("'") && formulaLike.test(cell) ? cell.slice(1) : cell;

const markedText = (text: string): string => (formulaLike.test(text) ? `'${text}` : text);
