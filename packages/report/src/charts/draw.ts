import { plot, type PlotOptions } from '@observablehq/plot';
import { parseHTML } from 'linkedom';

import { html, Markup } from '../markup/markup.js';

/** Colours that people with any colour vision tell apart (Okabe and Ito, 2008). */
export const palette = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9', '#000000'];

/** Draws a plot as an SVG with a title that screen readers say and people see. */
export function draw(title: string, options: PlotOptions): Markup {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const drawn = plot({ document, width: 420, height: 260, marginLeft: 48, marginBottom: 40, ...options });
  drawn.setAttribute('role', 'img');
  drawn.setAttribute('aria-label', title);
  return html`<figure>
    <figcaption>${title}</figcaption>
    ${new Markup(drawn.outerHTML)}
  </figure>`;
}
