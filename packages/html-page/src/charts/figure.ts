import { html, type Markup } from '../html.js';

/** A name and the colour that stands for it in a chart. */
export interface LegendEntry {
  name: string;
  colour: string;
}

/** A chart below its title and, where it has entries, its legend. */
export function figure(title: string, chart: Markup, legend: readonly LegendEntry[] = []): Markup {
  const entries = legend.map(({ name, colour }) => html`<span><i style="background: ${colour}"></i>${name}</span>`);
  return html`<figure class="chart">
    <figcaption>${title} ${legend.length > 0 ? html`<span class="legend">${entries}</span>` : ''}</figcaption>
    ${chart}
  </figure>`;
}
