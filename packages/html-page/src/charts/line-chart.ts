import { html, type Markup } from '../html.js';
import { linearAxis, type Axis, type AxisOptions } from './axis.js';
import { seriesColour } from './palette.js';
import { bottomAxis, leftAxis, plotArea, rightAxis } from './plot-area.js';
import { chartFontSize, pixels, svg, text } from './svg.js';

/** One line of a chart. */
export interface Line {
  name: string;
  /** In drawing order; points that are not finite are left out. */
  points: readonly (readonly [x: number, y: number])[];
  /** Default: the palette's, by the line's place. */
  colour?: string;
  dashed?: boolean;
  /** Goes up before it goes along, as an empirical ROC curve does. */
  stepped?: boolean;
  /** The axis that its values belong to; default left. */
  side?: 'left' | 'right';
}

/** How lines are drawn. */
export interface LineChartOptions {
  /** What screen readers say. */
  title: string;
  x: AxisOptions;
  y: AxisOptions;
  /** The axis of the lines whose side is right. */
  right?: AxisOptions;
  /** Draws the dashed line from corner to corner: chance under a ROC curve, perfection under a calibration curve. */
  diagonal?: boolean;
  /** Writes the names of the lines above the plot. Default false: {@link figure} shows them. */
  legend?: boolean;
  /** Pixels; default 420. */
  width?: number;
  /** Pixels; default 260. */
  height?: number;
  /** Pixels; default 12. */
  fontSize?: number;
  /** Pixels; default 1.75. */
  strokeWidth?: number;
}

/** Lines over a common axis. A line of one point is a dot. */
export function lineChart(lines: readonly Line[], options: LineChartOptions): Markup {
  const { title, x, y, right, diagonal = false, legend = false } = options;
  const { width = 420, height = 260, fontSize = chartFontSize, strokeWidth = 1.75 } = options;
  const area = plotArea({ width, height, fontSize }, { hasRightAxis: right !== undefined, hasLegend: legend });
  const upwards = [area.bottom, area.top] as const;
  const drawn = lines.map((line, index) => ({
    ...line,
    colour: line.colour ?? seriesColour(index),
    points: line.points.filter((point) => point.every(Number.isFinite)),
  }));
  const valuesOf = (side: Line['side']) =>
    drawn.flatMap((line) => ((line.side ?? 'left') === side ? line.points.map(([, value]) => value) : []));
  const xs = drawn.flatMap(({ points }) => points.map(([value]) => value));
  const xAxis = linearAxis(xs, { ...x, range: x.range ?? spanOf(xs) }, [area.left, area.right]);
  const axes = {
    left: linearAxis(valuesOf('left'), y, upwards),
    right: linearAxis(valuesOf('right'), right ?? {}, upwards),
  };
  const corners = `M${pixels(area.left)} ${pixels(area.bottom)}L${pixels(area.right)} ${pixels(area.top)}`;
  return svg({ width, height, label: title, fontSize }, [
    ...leftAxis(area, axes.left, y.label, fontSize),
    ...(right ? rightAxis(area, axes.right, right.label, fontSize) : []),
    ...bottomAxis(area, xAxis, x.label, fontSize),
    ...(diagonal ? [html`<path d="${corners}" stroke="#8a96a3" stroke-dasharray="4 4" fill="none" />`] : []),
    ...drawn.map((line) => drawLine(line, xAxis, axes[line.side ?? 'left'], strokeWidth)),
    ...(legend ? drawLegend(drawn, area.left, area.top - fontSize, fontSize) : []),
  ]);
}

/** From the first to the last value, without room: lines reach from side to side. */
function spanOf(values: readonly number[]): readonly [number, number] | undefined {
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  return high > low ? [low, high] : undefined;
}

function drawLine(
  { points, colour, dashed = false, stepped = false }: Line,
  xAxis: Axis,
  yAxis: Axis,
  strokeWidth: number,
): Markup {
  const place = ([x, y]: readonly [number, number]) => `${pixels(xAxis.at(x))},${pixels(yAxis.at(y))}`;
  if (points.length === 1) {
    const [[x, y]] = points;
    return html`<circle
      cx="${pixels(xAxis.at(x))}"
      cy="${pixels(yAxis.at(y))}"
      r="${2 * strokeWidth}"
      fill="${colour!}"
    />`;
  }
  const corners = stepped
    ? points.flatMap(([x, y], i) => (i === 0 ? [[x, y] as const] : [[points[i - 1][0], y] as const, [x, y] as const]))
    : points;
  return html`<polyline
    points="${corners.map(place).join(' ')}"
    stroke="${colour!}"
    stroke-width="${strokeWidth}"
    stroke-dasharray="${dashed ? '2 5' : 'none'}"
    stroke-linejoin="round"
    fill="none"
  />`;
}

function drawLegend(lines: readonly Line[], left: number, y: number, fontSize: number): Markup[] {
  let x = left;
  return lines.map(({ name, colour, dashed = false }) => {
    const start = x;
    // A letter of a proportional font takes about 0.55 of its size.
    x += (3.5 + 0.55 * name.length) * fontSize;
    return html`<path
        d="M${pixels(start)} ${pixels(y - 0.35 * fontSize)}h${pixels(1.5 * fontSize)}"
        stroke="${colour!}"
        stroke-width="${0.18 * fontSize}"
        stroke-dasharray="${dashed ? '2 5' : 'none'}"
      />
      ${text(start + 2 * fontSize, y, name)}`;
  });
}
