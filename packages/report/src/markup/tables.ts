import type { Measure } from '../report-data.js';
import { html, type Markup } from './markup.js';
import { formatMeasure } from './numbers.js';

/** Labels with their values. */
export function factTable(facts: readonly { label: string; value: string }[]): Markup {
  const rows = facts.map(
    ({ label, value }) =>
      html`<tr>
        <th scope="row">${label}</th>
        <td>${value}</td>
      </tr>`,
  );
  return html`<table>
    ${rows}
  </table>`;
}

/** Measures as rows, one column of values with 95 % intervals for each group; a measure a group lacks is a dash. */
export function measureTable(groups: readonly { title: string; measures: readonly Measure[] }[]): Markup {
  const names = [...new Set(groups.flatMap(({ measures }) => measures.map(({ name }) => name)))];
  const head = groups.map(({ title }) => html`<th scope="col">${title}</th>`);
  const rows = names.map((name) => {
    const cells = groups.map(({ measures }) => {
      const measure = measures.find((candidate) => candidate.name === name);
      return html`<td class="number">${measure ? formatMeasure(measure) : '–'}</td>`;
    });
    return html`<tr>
      <th scope="row">${name}</th>
      ${cells}
    </tr>`;
  });
  return html`<table>
    <thead>
      <tr>
        <td></td>
        ${head}
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

/** A confusion matrix: rows are the reference, columns the prediction; the darker a cell, the larger its share of the row. */
export function confusionTable(classes: readonly string[], counts: readonly (readonly number[])[]): Markup {
  const head = classes.map((name) => html`<th scope="col">${name}</th>`);
  const rows = counts.map((row, reference) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    const cells = row.map((count) => {
      const share = total === 0 ? 0 : Math.round((100 * count) / total);
      return html`<td class="number" style="background: rgb(0 114 178 / ${(share * 0.6).toFixed(0)}%)">${count}</td>`;
    });
    return html`<tr>
      <th scope="row">${classes[reference]}</th>
      ${cells}
    </tr>`;
  });
  return html`<table class="confusion">
    <caption>
      Rows: annotated. Columns: predicted.
    </caption>
    <thead>
      <tr>
        <td></td>
        ${head}
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}
