import { html, type Markup } from '../html.js';
import { tickText, type Axis } from './axis.js';
import { pixels, text } from './svg.js';

/** The rectangle within a chart where values are drawn, in pixels. */
export interface PlotArea {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Leaves room around the plot for marks and labels, by the size of their font. */
export function plotArea(
  { width, height, fontSize }: { width: number; height: number; fontSize: number },
  { hasRightAxis = false, hasLegend = false } = {},
): PlotArea {
  return {
    left: 5.5 * fontSize,
    right: width - (hasRightAxis ? 5.5 : 1) * fontSize,
    top: (hasLegend ? 2.5 : 1) * fontSize,
    bottom: height - 3.5 * fontSize,
  };
}

/** The horizontal axis below the plot: its marked values and its label. */
export function bottomAxis({ left, right, bottom }: PlotArea, axis: Axis, label: string, fontSize: number): Markup[] {
  return [
    html`<path d="M${pixels(left)} ${pixels(bottom)}H${pixels(right)}" stroke="#5b6776" fill="none" />`,
    ...axis.ticks.map((value) => text(axis.at(value), bottom + 1.3 * fontSize, tickText(value), 'middle')),
    text((left + right) / 2, bottom + 2.8 * fontSize, label, 'middle'),
  ];
}

/** The vertical axis on the left: grid lines at its marked values, and its label, read upwards. */
export function leftAxis(area: PlotArea, axis: Axis, label: string, fontSize: number): Markup[] {
  const { left, right } = area;
  return [
    ...axis.ticks.map(
      (value) =>
        html`<path
          d="M${pixels(left)} ${pixels(axis.at(value))}H${pixels(right)}"
          stroke="${value === 0 ? '#aab4bf' : '#e3e8ed'}"
          fill="none"
        />`,
    ),
    ...axis.ticks.map((value) => text(left - 0.5 * fontSize, axis.at(value) + 0.35 * fontSize, tickText(value), 'end')),
    rotatedText(1.2 * fontSize, area, label, -90),
  ];
}

/** A second vertical axis on the right: its marked values and its label, read downwards. */
export function rightAxis(area: PlotArea, axis: Axis, label: string, fontSize: number): Markup[] {
  const { right } = area;
  return [
    ...axis.ticks.map((value) => text(right + 0.5 * fontSize, axis.at(value) + 0.35 * fontSize, tickText(value))),
    rotatedText(right + 4.3 * fontSize, area, label, 90),
  ];
}

function rotatedText(x: number, { top, bottom }: PlotArea, content: string, degrees: number): Markup {
  const place = `translate(${pixels(x)} ${pixels((top + bottom) / 2)}) rotate(${degrees})`;
  return html`<text transform="${place}" text-anchor="middle">${content}</text>`;
}
