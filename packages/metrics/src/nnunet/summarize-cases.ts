import { MetricsError } from '../errors.js';
import type { CaseMetrics, OverlapMetrics } from './evaluate-case.js';

/** The content of nnU-Net's summary.json. */
export interface EvaluationSummary {
  /** Plain means over labels: NaN where any label's is. */
  foreground_mean: OverlapMetrics;
  /** Means over cases by label, cases where a metric is not defined left out. */
  mean: Record<string, OverlapMetrics>;
  metric_per_case: CaseMetrics[];
}

const metricNames = ['Dice', 'FN', 'FP', 'IoU', 'TN', 'TP', 'n_pred', 'n_ref'] as const;

/**
 * Averages cases as nnU-Net does.
 *
 * @throws MetricsError `no-cases`
 * @see reference/nnunet-v2/behaviour.md, section 9.2
 */
export function summarizeCases(cases: readonly CaseMetrics[]): EvaluationSummary {
  if (cases.length === 0) throw new MetricsError('there are no cases to average', { code: 'no-cases' });
  const keys = Object.keys(cases[0].metrics);
  const mean = Object.fromEntries(
    keys.map((key) => [
      key,
      byMetric((name) => meanOf(cases.map(({ metrics }) => metrics[key][name]).filter(isNumber))),
    ]),
  );
  const foreground = keys.filter((key) => key !== '0');
  return {
    foreground_mean: byMetric((name) => meanOf(foreground.map((key) => mean[key][name]))),
    mean,
    metric_per_case: [...cases],
  };
}

const isNumber = (value: number) => !Number.isNaN(value);

function byMetric(value: (name: (typeof metricNames)[number]) => number): OverlapMetrics {
  return Object.fromEntries(metricNames.map((name) => [name, value(name)])) as unknown as OverlapMetrics;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
