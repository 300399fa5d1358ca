import { dot, line, link, ruleY } from '@observablehq/plot';

import { html, type Markup } from '../markup/markup.js';
import type { Curve } from '../report-data.js';
import { draw, palette } from './draw.js';

/** What a chart of curves says beside them. */
export interface CurveChartOptions {
  title: string;
  x: string;
  y: string;
  /** Range of the vertical axis; default that of the points. */
  range?: [number, number];
  /** Draws the diagonal of a worthless test under ROC curves, and both axes from 0 to 1. */
  chance?: boolean;
}

/** Curves over a common axis, each with its colour and a legend. Points that are not finite are left out. */
export function curveChart(
  curves: readonly Curve[],
  { title, x, y, range, chance = false }: CurveChartOptions,
): Markup {
  const points = curves.flatMap(({ name, points }) =>
    points.filter((point) => point.every(Number.isFinite)).map(([x, y]) => ({ name, x, y })),
  );
  const names = curves.map(({ name }) => name);
  const colours = { domain: names, range: names.map((_, index) => palette[index % palette.length]) };
  const single = new Set(points.map(({ x }) => x)).size === 1;
  const chart = draw(title, {
    width: chance ? 340 : undefined,
    height: chance ? 340 : undefined,
    color: colours,
    x: { label: x, labelAnchor: 'center', labelArrow: 'none', domain: chance ? [0, 1] : undefined },
    y: { label: y, labelArrow: 'none', grid: true, ...(chance ? { domain: [0, 1] } : range ? { domain: range } : {}) },
    marks: [
      ruleY([range?.[0] ?? 0], { stroke: '#bbb' }),
      ...(chance ? [link([0], { x1: 0, y1: 0, x2: 1, y2: 1, stroke: '#999', strokeDasharray: '4 4' })] : []),
      line(points, {
        x: 'x',
        y: 'y',
        z: 'name',
        stroke: 'name',
        strokeWidth: 1.75,
        curve: chance ? 'step-before' : undefined,
      }),
      ...(single ? [dot(points, { x: 'x', y: 'y', fill: 'name', r: 3 })] : []),
    ],
  });
  return html`<div class="chart">${chart}${names.length > 1 ? legend(names) : ''}</div>`;
}

function legend(names: readonly string[]): Markup {
  const entries = names.map(
    (name, index) => html`<span><i style="background: ${palette[index % palette.length]}"></i>${name}</span>`,
  );
  return html`<p class="legend">${entries}</p>`;
}
