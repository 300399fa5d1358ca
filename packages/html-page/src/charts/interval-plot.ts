import { html, type Markup } from '../html.js';
import { linearAxis } from './axis.js';
import { palette } from './palette.js';
import { leftAxis, plotArea } from './plot-area.js';
import { chartFontSize, pixels, svg, text } from './svg.js';
import { valueAxis, type AxisValue, type ValueAxisOptions } from './value-axis.js';

/** A value with what was measured there. */
export interface MeasuredValue {
  x: AxisValue;
  y: number;
  /** Drawn as a vertical line. */
  interval?: readonly [lower: number, upper: number] | undefined;
}

export interface IntervalPlotOptions {
  /** What screen readers say. */
  title: string;
  x: ValueAxisOptions & { label: string };
  y: string;
  /** The value that is drawn in another colour. */
  marked?: number | undefined;
}

const [width, height, fontSize] = [420, 260, chartFontSize];

/** Measured values as dots over numbers or names, with their intervals. */
export function intervalPlot(values: readonly MeasuredValue[], { title, x, y, marked }: IntervalPlotOptions): Markup {
  const area = plotArea({ width, height, fontSize });
  const inset = 16;
  const xAxis = valueAxis(
    values.map((each) => each.x),
    { log: x.log },
    [area.left + inset, area.right - inset],
  );
  const yAxis = linearAxis(
    values.flatMap((each) => [each.y, ...(each.interval ?? [])]),
    {},
    [area.bottom, area.top],
  );
  const dots = values.map((each, index) => {
    const colour = index === marked ? palette[1] : palette[0];
    const [at, middle] = [pixels(xAxis.at(each.x)), pixels(yAxis.at(each.y))];
    const line =
      each.interval &&
      html`<path
        d="M${at} ${pixels(yAxis.at(each.interval[0]))}V${pixels(yAxis.at(each.interval[1]))}"
        stroke="${colour}"
        stroke-width="1.5"
        fill="none"
      />`;
    return html`${line ?? ''}<circle cx="${at}" cy="${middle}" r="3.5" fill="${colour}" />`;
  });
  return svg({ width, height, label: title }, [
    ...leftAxis(area, yAxis, y, fontSize),
    html`<path d="M${pixels(area.left)} ${pixels(area.bottom)}H${pixels(area.right)}" stroke="#5b6776" fill="none" />`,
    ...xAxis.marks.map((mark) => text(mark.at, area.bottom + 1.3 * fontSize, mark.label, 'middle')),
    text((area.left + area.right) / 2, area.bottom + 2.8 * fontSize, x.label, 'middle'),
    ...dots,
  ]);
}
