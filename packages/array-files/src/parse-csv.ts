import { parse } from 'csv-parse/sync';
import { decodeCsvText } from './csv.js';

/** A CSV table with a heading. */
export interface CsvTable {
  /** Names of the columns, in lower case. */
  columns: string[];
  /** The texts of each row by the column's name. */
  rows: Record<string, string>[];
}

/** What people's programs put between cells; Excel takes the semicolon where the comma is the decimal point. */
const separators = [',', ';', '\t'] as const;

/**
 * Reads a CSV table: cells between commas, semicolons or tabs, whichever the heading has most of, quoted or not; a byte order mark,
 * empty lines and blanks around cells are passed over, and the heading may be written in any case. A `'` before a text that looks
 * like a formula, as `encodeCsv` writes it, is taken away.
 *
 * @throws Error of csv-parse where rows differ in length or a quote does not end, or of a column that is named twice.
 */
export function parseCsv(text: string): CsvTable {
  let columns: string[] = [];
  const rows = parse<Record<string, string>>(text, {
    columns: (names: string[]) => {
      columns = names.map((name) => name.toLowerCase());
      const known = new Set<string>();
      for (const name of columns) {
        if (known.has(name)) {
          throw new Error(`Its column "${name}" is there twice`);
        }
        known.add(name);
      }
      return columns;
    },
    delimiter: separatorOf(text),
    bom: true,
    skip_empty_lines: true,
    trim: true,
  });
  return {
    columns,
    rows: rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, decodeCsvText(cell)]))),
  };
}

/** The separator that the first line with text has most of, outside quotes; the comma where it has none. */
function separatorOf(text: string): string {
  const [heading = ''] = /[^\r\n]*\S[^\r\n]*/.exec(text.slice(0, 2 ** 16)) ?? [];
  const bare = heading.replace(/"[^"]*"/g, '');
  const count = (separator: string) => bare.split(separator).length;
  return separators.reduce((most, separator) => (count(separator) > count(most) ? separator : most));
}
