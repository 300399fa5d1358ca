import { html, type Markup } from '../html.js';

/** Font size of texts in charts that do not ask for another, in pixels. */
export const chartFontSize = 12;

/** An SVG drawing whose attributes say all, so that it looks the same in a page and as a picture. */
export function svg(
  {
    width,
    height,
    label,
    fontSize = chartFontSize,
  }: { width: number; height: number; label: string; fontSize?: number },
  content: readonly Markup[],
): Markup {
  return html`<svg
    width="${width}"
    height="${height}"
    viewBox="0 0 ${width} ${height}"
    font-family="system-ui, sans-serif"
    font-size="${fontSize}"
    fill="#1d2733"
    role="img"
    aria-label="${label}"
  >
    ${content}
  </svg>`;
}

/** A coordinate as text: a tenth of a pixel is as fine as a screen shows. */
export const pixels = (value: number): string => String(Math.round(value * 10) / 10);

/** A text at a place. */
export function text(x: number, y: number, content: string, anchor: 'start' | 'middle' | 'end' = 'start'): Markup {
  return html`<text x="${pixels(x)}" y="${pixels(y)}" text-anchor="${anchor}">${content}</text>`;
}
