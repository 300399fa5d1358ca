import { renderSearchReport } from '@fractura/report';
import type { Parameter } from '@fractura/search';
import type { SearchPlan } from './search-plan.js';
import type { SearchRecord } from './search-record.js';
import { bestRow, type SearchRow, type SearchTable } from './search-table.js';
import { columnsOf, valueOf } from './table-text.js';

/** The page of a search. */
export function searchPage({ plan, data, table }: SearchRecord & { table: SearchTable }, command: string): string {
  const columns = columnsOf(table, plan.target);
  return renderSearchReport({
    title: `Search of settings: ${plan.target}`,
    summary: summaryOf(plan, table),
    measure: table.measure,
    settings: columns.map((name) => ({ name, log: name in plan.space && isLogarithmic(plan.space[name]) })),
    points: table.rows.map((row) => ({
      point: row.point,
      values: columns.map((column) => valueOf(row, column, plan.target)),
      score: row.score ?? undefined,
      interval: row.interval ?? undefined,
      remark: remarkOn(row, plan),
    })),
    facts: [
      { label: 'Method', value: plan.method },
      { label: 'Seed of the points', value: String(plan.seed) },
      { label: 'Seeds of the trainings', value: plan.seeds.join(', ') },
      { label: 'Inner folds', value: String(plan.folds) },
      { label: 'Shared settings', value: JSON.stringify(plan.settings) },
      { label: 'Data', value: data === null ? 'synthetic atlas' : typeof data === 'string' ? data : data.annotations },
    ],
    command,
  });
}

function summaryOf(plan: SearchPlan, table: SearchTable): string[] {
  const best = bestRow(table);
  const { rows, notBegun, measure } = table;
  const lines = [
    best === undefined
      ? 'No point was scored.'
      : `The best of ${rows.length} points is point ${best.point}: ${measure} ${best.score!.toFixed(4)}.`,
    'What is held out for tests trained and judged nothing here. The best score of many is optimistic: test it by fractura run.',
  ];
  if (notBegun > 0) {
    lines.push(`${notBegun} points were not begun.`);
  }
  if (plan.halving !== undefined) {
    lines.push(
      'Points that did badly in short trainings were not trained longer; compare scores of the same length only.',
    );
  }
  return lines;
}

const isLogarithmic = (parameter: Parameter): boolean => 'scale' in parameter && parameter.scale === 'log';

function remarkOn({ trials, score }: SearchRow, { seeds }: SearchPlan): string | undefined {
  const failed = trials.find((trial) => trial.failed !== undefined);
  if (failed !== undefined) {
    return failed.failed;
  }
  return score === null ? `${trials.length} of ${seeds.length} seeds are done` : undefined;
}
