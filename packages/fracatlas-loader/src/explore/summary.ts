import { rule } from '@fractura/errors';
import { percentile } from '@fractura/python-compat';

/** Five numbers and the mean of a list; quantiles as numpy's `linear` method has them. */
export interface Summary {
  count: number;
  min: number;
  lowerQuartile: number;
  median: number;
  upperQuartile: number;
  max: number;
  mean: number;
}

/** Summarises numbers; all zero where there are none. */
export function summarise(values: readonly number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (percent: number) => (sorted.length === 0 ? 0 : percentile(sorted, percent));
  return {
    count: sorted.length,
    min: at(0),
    lowerQuartile: at(25),
    median: at(50),
    upperQuartile: at(75),
    max: at(100),
    mean: sorted.length === 0 ? 0 : sorted.reduce((sum, v) => sum + v, 0) / sorted.length,
  };
}

/** What {@link Summary} must be. */
export const summaryRule = rule.fields({
  count: rule.anyNumber,
  min: rule.anyNumber,
  lowerQuartile: rule.anyNumber,
  median: rule.anyNumber,
  upperQuartile: rule.anyNumber,
  max: rule.anyNumber,
  mean: rule.anyNumber,
});
