import { barX, binX, rectY, ruleX, ruleY, text } from '@observablehq/plot';

import type { Markup } from '../markup/markup.js';
import type { Distribution } from '../report-data.js';
import { draw, palette } from './draw.js';

/** Counts of a property's values as horizontal bars, in the order given. */
export function barChart({ title, counts }: Distribution): Markup {
  const longest = Math.max(0, ...counts.map(({ label }) => label.length));
  return draw(title, {
    height: 50 + 26 * counts.length,
    marginLeft: Math.min(200, 20 + 7 * longest),
    marginRight: 40,
    x: { label: null, grid: true },
    y: { label: null, domain: counts.map(({ label }) => label) },
    marks: [
      barX(counts, { x: 'count', y: 'label', fill: palette[0] }),
      text(counts, { x: 'count', y: 'label', text: 'count', dx: 4, textAnchor: 'start' }),
      ruleX([0]),
    ],
  });
}

/** How often each tenth of the range 0 to 1 occurs among the values; NaN is left out. */
export function unitHistogram(title: string, values: readonly number[], label: string): Markup {
  const finite = values.filter(Number.isFinite);
  const tenths = Array.from({ length: 11 }, (_, index) => index / 10);
  return draw(title, {
    x: { label, labelAnchor: 'center', labelArrow: 'none', domain: [0, 1] },
    y: { label: 'cases', labelArrow: 'none', grid: true },
    marks: [
      rectY(
        finite.map((value) => ({ value })),
        { ...binX({ y: 'count' }, { x: { value: 'value', thresholds: tenths, domain: [0, 1] } }), fill: palette[0] },
      ),
      ruleY([0]),
    ],
  });
}
