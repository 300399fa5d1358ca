import type { SettingName } from '../settings/run-settings.js';
import type { SearchRow, SearchTable } from './search-table.js';
import { targetRules, type SearchTarget } from './search-target.js';

/** The columns of a table: the settings that were searched, and the length where it was halved. */
export function columnsOf({ rows }: SearchTable, target: SearchTarget): string[] {
  const names = new Set(rows.flatMap(({ settings }) => Object.keys(settings)));
  const searched = targetRules[target].settings.filter((name: SettingName) => names.has(name));
  return rows.some(({ length }) => length !== undefined) ? [...searched, targetRules[target].length] : searched;
}

/** A row's value of a column; undefined where the setting does not apply. */
export const valueOf = ({ settings, length }: SearchRow, column: string, target: SearchTarget) =>
  column === targetRules[target].length && length !== undefined ? length : settings[column];

/** A search's table for a terminal: rank, settings, score and interval. */
export function tableText(table: SearchTable, target: SearchTarget): string {
  const columns = columnsOf(table, target);
  const lines = [
    ['rank', 'point', ...columns, 'score', '95 % over seeds'],
    ...table.rows.map((row, rank) => [
      String(rank + 1),
      String(row.point),
      ...columns.map((column) => String(valueOf(row, column, target) ?? '-')),
      row.score === null ? stateOf(row) : row.score.toFixed(4),
      row.interval === null ? '-' : row.interval.map((bound) => bound.toFixed(4)).join(' to '),
    ]),
  ];
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines
    .map((line) =>
      line
        .map((cell, i) => cell.padEnd(widths[i]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const stateOf = ({ trials }: SearchRow): string =>
  trials.some(({ failed }) => failed !== undefined) ? 'failed' : 'unfinished';
