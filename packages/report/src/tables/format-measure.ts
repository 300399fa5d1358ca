import { formatNumber } from '@fractura/html-page';
import type { Measure } from '../report-data.js';

/** `0.812 (0.754 to 0.861)`, or the value alone where there is no interval. */
export function formatMeasure({ value, lower, upper }: Omit<Measure, 'name'>): string {
  if (lower === undefined || upper === undefined || Number.isNaN(value)) {
    return formatNumber(value);
  }
  return `${formatNumber(value)} (${formatNumber(lower)} to ${formatNumber(upper)})`;
}
