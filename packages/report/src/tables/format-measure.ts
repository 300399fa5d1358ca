import { checkArguments, rule } from '@fractura/errors';
import { formatNumber } from '@fractura/html-page';
import type { Measure } from '../report-data.js';
import { ReportError } from '../errors.js';

/** `0.812 (0.754 to 0.861)`, or the value alone where there is no interval. */
export function formatMeasure(measure: Omit<Measure, 'name'>): string {
  checkArguments({ measure }, formatMeasureArguments, ReportError);
  const { value, lower, upper } = measure;
  if (lower === undefined || upper === undefined || Number.isNaN(value)) {
    return formatNumber(value);
  }
  return `${formatNumber(value)} (${formatNumber(lower)} to ${formatNumber(upper)})`;
}

const formatMeasureArguments = {
  measure: rule.fields({
    value: rule.anyNumber,
    lower: rule.optional(rule.anyNumber),
    upper: rule.optional(rule.anyNumber),
  }),
};
