import { html, type Markup } from '../html.js';
import { linearAxis } from './axis.js';
import { palette } from './palette.js';
import { bottomAxis, leftAxis, plotArea } from './plot-area.js';
import { chartFontSize, pixels, svg } from './svg.js';

/** What a histogram counts. */
export interface HistogramOptions {
  /** What screen readers say. */
  title: string;
  /** Labels of the axes: what is measured, and what is counted. */
  x: string;
  y: string;
  /** From where to where; values outside are left out. Default [0, 1]. */
  range?: readonly [low: number, high: number];
  /** Default 10. */
  bins?: number;
}

const [width, height, fontSize] = [420, 260, chartFontSize];

/** How many values fall into each of some bins of equal width; the last one is closed on the right. NaN is left out. */
export function histogram(
  values: readonly number[],
  { title, x, y, range: [low, high] = [0, 1], bins = 10 }: HistogramOptions,
): Markup {
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) {
    if (value >= low && value <= high) {
      counts[Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins))] += 1;
    }
  }
  const area = plotArea({ width, height, fontSize });
  const xAxis = linearAxis([], { range: [low, high] }, [area.left, area.right]);
  const yAxis = linearAxis(counts, { includeZero: true, whole: true }, [area.bottom, area.top]);
  const step = (area.right - area.left) / bins;
  const bars = counts.map((count, bin) => {
    const top = yAxis.at(count);
    return html`<rect
      x="${pixels(area.left + bin * step + 0.5)}"
      y="${pixels(top)}"
      width="${pixels(step - 1)}"
      height="${pixels(area.bottom - top)}"
      fill="${palette[0]}"
    />`;
  });
  return svg({ width, height, label: title, fontSize }, [
    ...leftAxis(area, yAxis, y, fontSize),
    ...bars,
    ...bottomAxis(area, xAxis, x, fontSize),
  ]);
}
