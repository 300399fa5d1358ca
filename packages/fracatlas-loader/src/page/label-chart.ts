import { barChart, figure, type Markup } from '@fractura/html-page';
import type { LabelCount } from '../explore/explore-atlas.js';

/** Of images with and without a fracture. */
export const fractureColours = { fractured: '#b4433b', normal: '#9fb4c7' };

const legend = [
  { name: 'with', colour: fractureColours.fractured },
  { name: 'without a fracture', colour: fractureColours.normal },
];

/** Horizontal bars, fractured before normal, with their numbers and the share that is fractured. */
export function labelChart(title: string, counts: readonly LabelCount[]): Markup {
  const labelled = counts.some(({ normal }) => normal > 0);
  const bars = counts.map(({ name, fractured, normal }) => ({
    label: name,
    parts: [fractured, normal],
    note: labelled ? noteOf(fractured, normal) : undefined,
  }));
  return figure(title, barChart(title, bars, { colours: Object.values(fractureColours) }), labelled ? legend : []);
}

function noteOf(fractured: number, normal: number): string {
  const total = fractured + normal;
  const share = total === 0 ? '' : ` (${Math.round((100 * fractured) / total)} %)`;
  return `${fractured} + ${normal}${share}`;
}
