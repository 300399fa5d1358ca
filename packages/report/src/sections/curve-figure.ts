import { figure, lineChart, seriesColour, type AxisOptions, type LegendEntry, type Markup } from '@fractura/html-page';
import type { Curve } from '../report-data.js';

/** The horizontal axis of training. */
export const epochs: AxisOptions = { label: 'epoch', whole: true };

/** Curves over a common axis below their title, with a legend where there are several. */
export function curveFigure(title: string, curves: readonly Curve[], x: AxisOptions, y: AxisOptions): Markup {
  return figure(title, lineChart(curves, { title, x, y }), legendOf(curves));
}

/** The colours of several series in the order in which they are drawn; one alone needs no legend. */
export function legendOf(series: readonly { name: string }[]): LegendEntry[] {
  return series.length < 2 ? [] : series.map(({ name }, index) => ({ name, colour: seriesColour(index) }));
}
