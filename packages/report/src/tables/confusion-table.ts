import { numberCell, table, type Markup } from '@fractura/html-page';

/** A confusion matrix: rows are the reference, columns the prediction; the darker a cell, the larger its share of the row. */
export function confusionTable(classes: readonly string[], counts: readonly (readonly number[])[]): Markup {
  return table({
    className: 'confusion',
    caption: 'Rows: annotated. Columns: predicted.',
    columns: classes,
    rows: counts.map((row, reference) => {
      const total = row.reduce((sum, count) => sum + count, 0);
      return {
        name: classes[reference],
        cells: row.map((count) => numberCell(count, total === 0 ? 0 : count / total)),
      };
    }),
  });
}
