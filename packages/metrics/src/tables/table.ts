import { checkGiven } from '../check-given.js';
import { isCell, isList, leavesOf, partsOf, type Cell } from './leaves.js';

/** Rows of equal length under named columns. */
export interface Table {
  columns: string[];
  rows: Cell[][];
}

/**
 * Any result of this package as a table, nothing left out:
 *
 * - a list of results, or results by name (labels, metrics): a row each, the name first;
 * - lists of one length by name (the points of a curve): a column each;
 * - a list of lists (a confusion matrix): a row each;
 * - anything else: a row for each value, under its path.
 *
 * Parts of parts become columns whose names are paths, such as `hausdorff.95.symmetric`.
 */
export function toTable(result: object): Table {
  checkGiven({ result }, { result: 'object' });

  const parts = partsOf(result);
  if (!isList(result) && isCurve(parts)) {
    return { columns: parts.map(([name]) => name), rows: transposed(parts.map(([, list]) => Array.from(list))) };
  }
  if (parts.length > 0 && parts.every(([, part]) => !isCell(part))) {
    return recordsTable(parts, !isList(result));
  }
  if (isList(result)) {
    return { columns: ['value'], rows: parts.map(([, value]) => [value as Cell]) };
  }
  return { columns: ['metric', 'value'], rows: leavesOf(result) };
}

function isCurve(parts: [string, unknown][]): parts is [string, ArrayLike<Cell>][] {
  const [first] = parts;
  if (!first || !isList(first[1])) {
    return false;
  }
  const { length } = first[1];
  return parts.every(([, part]) => isList(part) && part.length === length && Array.from(part).every(isCell));
}

const transposed = (lists: Cell[][]): Cell[][] => lists[0].map((_, i) => lists.map((list) => list[i]));

function recordsTable(records: [string, unknown][], named: boolean): Table {
  const leaves = records.map(([, record]) => new Map(leavesOf(record as object)));
  const columns = [...new Set(leaves.flatMap((record) => [...record.keys()]))];
  const rows = leaves.map((record, i) => [
    ...(named ? [records[i][0]] : []),
    ...columns.map((column) => record.get(column)),
  ]);
  return { columns: named ? ['name', ...columns] : columns, rows };
}
