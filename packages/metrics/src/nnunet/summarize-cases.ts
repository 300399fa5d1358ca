import { checkGiven } from '../check-given.js';
import { MetricsError } from '../errors.js';
import { pairwiseSum } from '../pairwise-sum.js';
import { labelKey } from '../segmentation/label-key.js';
import { type CaseMetrics, caseMetricsRule, type OverlapMetrics } from './evaluate-case.js';

/** The content of nnU-Net's summary.json. */
export interface EvaluationSummary {
  /** Plain means over labels: NaN where any label's is. */
  foreground_mean: OverlapMetrics;
  /** Means over cases by label, cases where a metric is not defined left out. */
  mean: Record<string, OverlapMetrics>;
  metric_per_case: CaseMetrics[];
}

const metricNames = ['Dice', 'FN', 'FP', 'IoU', 'TN', 'TP', 'n_pred', 'n_ref'] as const;

/** How to average. */
export interface SummarizeCasesOptions {
  /**
   * Labels and regions in the order in which nnU-Net adds them up, that of dataset.json; it shows in the last bit of the
   * foreground's means. Default: the order of an object's keys in JavaScript, labels ascending before regions.
   */
  labels?: readonly (number | readonly number[])[];
}

/**
 * Averages cases as nnU-Net does, to the last bit. {@link RunningSummary} does it without holding them.
 *
 * @throws MetricsError `no-cases`, `labels-differ`
 * @see nnU-Net: nnunetv2/evaluation/evaluate_predictions.py, compute_metrics_on_folder
 */
export function summarizeCases(cases: readonly CaseMetrics[], options: SummarizeCasesOptions = {}): EvaluationSummary {
  checkGiven({ cases, options }, summarizeCasesArguments);
  const { labels } = options;

  if (cases.length === 0) {
    throw new MetricsError('There are no cases to average.', {
      code: 'no-cases',
      remedy: 'Evaluate at least one case.',
    });
  }
  const keys = labels?.map(labelKey) ?? Object.keys(cases[0].metrics);
  for (const each of cases) {
    checkKeys(each, keys);
  }
  const mean = Object.fromEntries(
    keys.map((key) => [key, byMetric((name) => nanMean(cases.map(({ metrics }) => metrics[key][name])))]),
  );
  return { foreground_mean: foregroundMean(mean, keys), mean, metric_per_case: [...cases] };
}

/** The plain mean over all labels but the background. */
export function foregroundMean(
  mean: Readonly<Record<string, OverlapMetrics>>,
  keys: readonly string[] = Object.keys(mean),
): OverlapMetrics {
  const foreground = keys.filter((key) => key !== '0');
  return byMetric((name) => pairwiseSum(foreground.map((key) => mean[key][name])) / foreground.length);
}

export function byMetric<T>(value: (name: keyof OverlapMetrics) => T): Record<keyof OverlapMetrics, T> {
  return Object.fromEntries(metricNames.map((name) => [name, value(name)])) as Record<keyof OverlapMetrics, T>;
}

function nanMean(values: readonly number[]): number {
  const defined = values.filter((value) => !Number.isNaN(value)).length;
  return pairwiseSum(values.map((value) => (Number.isNaN(value) ? 0 : value))) / defined;
}

/** @throws MetricsError `labels-differ` */
export function checkKeys({ metrics, prediction_file }: CaseMetrics, keys: readonly string[]): void {
  if (Object.keys(metrics).length === keys.length && keys.every((key) => key in metrics)) {
    keys.forEach((key) => checkGiven(metrics[key], 'object', `metrics.${key}`));
    return;
  }
  throw new MetricsError(`The case ${prediction_file} has the labels ${Object.keys(metrics).join(', ')}.`, {
    code: 'labels-differ',
    remedy: `Evaluate every case for the same labels; the first has ${keys.join(', ')}.`,
  });
}

/** What {@link SummarizeCasesOptions} must be. */
export const summarizeCasesOptionsRule = { 'labels?': ['label'] };

const summarizeCasesArguments = { cases: [caseMetricsRule], options: summarizeCasesOptionsRule };
