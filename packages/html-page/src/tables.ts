import { html, type Markup } from './html.js';

/** A table whose rows are named in their first column. */
export interface Table {
  /** Heads of the columns after the first; left out where the table has no head. */
  columns?: readonly string[];
  /** Cells from {@link textCell} and {@link numberCell}. */
  rows: readonly { name: string; cells: readonly Markup[] }[];
  caption?: string;
  className?: string;
}

/** A cell of text, aligned to the left. */
export const textCell = (text: string): Markup => html`<td>${text}</td>`;

/** A cell of a number, aligned to the right; `shade` from 0 to 1 colours its ground. */
export function numberCell(number: string | number, shade = 0): Markup {
  if (shade === 0) {
    return html`<td class="number">${number}</td>`;
  }
  return html`<td class="number" style="background: rgb(0 114 178 / ${Math.round(60 * shade)}%)">${number}</td>`;
}

/** A table of any cells. */
export function table({ columns, rows, caption, className = '' }: Table): Markup {
  const head = columns
    ? html`<thead>
        <tr>
          <td></td>
          ${columns.map((column) => html`<th scope="col">${column}</th>`)}
        </tr>
      </thead>`
    : '';
  const body = rows.map(
    ({ name, cells }) =>
      html`<tr>
        <th scope="row">${name}</th>
        ${cells}
      </tr>`,
  );
  return html`<table class="${className}">
    ${
      caption === undefined
        ? ''
        : html`<caption>
            ${caption}
          </caption>`
    }
    ${head}
    <tbody>
      ${body}
    </tbody>
  </table>`;
}

/** Labels with their values. */
export function factTable(facts: readonly { label: string; value: string }[]): Markup {
  return table({ rows: facts.map(({ label, value }) => ({ name: label, cells: [textCell(value)] })) });
}
