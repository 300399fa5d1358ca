import { numberCell, table, type Markup } from '@fractura/html-page';
import type { Measure } from '../report-data.js';
import { formatMeasure } from './format-measure.js';

/** Measures as rows, one column of values with 95 % intervals for each group; a measure that a group lacks is a dash. */
export function measureTable(groups: readonly { title: string; measures: readonly Measure[] }[]): Markup {
  const names = [...new Set(groups.flatMap(({ measures }) => measures.map(({ name }) => name)))];
  return table({
    columns: groups.map(({ title }) => title),
    rows: names.map((name) => ({
      name,
      cells: groups.map(({ measures }) => {
        const measure = measures.find((candidate) => candidate.name === name);
        return numberCell(measure ? formatMeasure(measure) : '–');
      }),
    })),
  });
}
