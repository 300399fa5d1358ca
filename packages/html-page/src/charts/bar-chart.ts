import { html, type Markup } from '../html.js';
import { seriesColour } from './palette.js';
import { pixels, svg, text } from './svg.js';

/** One bar, of one or several parts, end to end. */
export interface Bar {
  label: string;
  parts: readonly number[];
  /** What stands behind the bar; default: the sum of its parts. */
  note?: string;
}

const [width, rowHeight, barHeight, notePixels] = [420, 24, 16, 120];

/** Pixels that a letter of a label takes, about, and at most for the whole label. */
const [letterPixels, maxLabelPixels] = [6.8, 200];

/**
 * Amounts as horizontal bars in the order given, each with its number.
 *
 * @param options `colours` of the parts; default the palette's.
 */
export function barChart(
  title: string,
  bars: readonly Bar[],
  { colours }: { colours?: readonly string[] } = {},
): Markup {
  const totals = bars.map(({ parts }) => parts.reduce((sum, part) => sum + part, 0));
  const longest = Math.max(...totals, 1e-12);
  const left = Math.min(maxLabelPixels, 16 + letterPixels * Math.max(0, ...bars.map(({ label }) => label.length)));
  const scale = (width - left - (bars.some(({ note }) => note !== undefined) ? notePixels : notePixels / 2)) / longest;
  const rows = bars.map(({ label, parts, note }, row) => {
    const top = row * rowHeight + (rowHeight - barHeight) / 2;
    const baseline = row * rowHeight + rowHeight / 2 + 4;
    let start = left;
    const drawn = parts.map((part, index) => {
      const x = start;
      start += part * scale;
      const fill = colours?.[index] ?? seriesColour(index);
      return html`<rect
        x="${pixels(x)}"
        y="${top}"
        width="${pixels(part * scale)}"
        height="${barHeight}"
        fill="${fill}"
      />`;
    });
    return html`${text(left - 8, baseline, label, 'end')} ${drawn}
    ${text(start + 6, baseline, note ?? String(totals[row]))}`;
  });
  return svg({ width, height: Math.max(1, bars.length) * rowHeight, label: title }, rows);
}
