import { html, type Markup } from '../html.js';
import { palette } from './palette.js';
import { chartFontSize, pixels, svg, text } from './svg.js';
import { valueAxis, type AxisValue, type ValueAxisOptions } from './value-axis.js';

/** One axis of parallel coordinates. */
export interface ParallelAxis extends ValueAxisOptions {
  label: string;
  /** One for each line. */
  values: readonly AxisValue[];
}

export interface ParallelCoordinatesOptions {
  /** What screen readers say. */
  title: string;
  /** The line that is drawn last, thick. */
  marked?: number | undefined;
}

const [axisGap, height, top, bottom, left, right] = [140, 280, 40, 256, 60, 90];

/**
 * A line for each of several items, across an axis for each of their values; the last axis orders their colours, from pale to strong.
 *
 * @see Inselberg, The plane with parallel coordinates, The Visual Computer 1, 1985
 */
export function parallelCoordinates(
  axes: readonly ParallelAxis[],
  { title, marked }: ParallelCoordinatesOptions,
): Markup {
  const width = left + axisGap * (axes.length - 1) + right;
  const drawn = axes.map(({ label, values, log }, i) => ({
    label,
    values,
    x: left + i * axisGap,
    axis: valueAxis(values, { log }, [bottom, top]),
  }));
  const last = drawn.at(-1)!;
  const count = last.values.length;
  const strength = (line: number) => {
    const height = last.axis.at(last.values[line]);
    return 0.15 + (0.7 * (bottom - height)) / (bottom - top);
  };
  const lines = Array.from({ length: count }, (_, line) => line)
    .sort((a, b) => Number(a === marked) - Number(b === marked) || strength(a) - strength(b))
    .map((line) => {
      const points = drawn.map(({ x, axis, values }) => `${pixels(x)},${pixels(axis.at(values[line]))}`).join(' ');
      return line === marked
        ? html`<polyline points="${points}" stroke="${palette[1]}" stroke-width="3" fill="none" />`
        : html`<polyline
            points="${points}"
            stroke="${palette[0]}"
            stroke-opacity="${strength(line).toFixed(2)}"
            stroke-width="1.5"
            fill="none"
          />`;
    });
  const scales = drawn.map(
    ({ label, x, axis }) =>
      html`<path d="M${x} ${top}V${bottom}" stroke="#5b6776" fill="none" />${text(x, top - 20, label, 'middle')}
        ${axis.marks.map((mark) => text(x + 5, mark.at + 0.35 * chartFontSize, mark.label))}`,
  );
  return svg({ width, height, label: title }, [...lines, ...scales]);
}
