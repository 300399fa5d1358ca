import type { EvaluationSummary, OverlapMetrics } from '@fractura/metrics';
import { encodePythonJson, PythonFloat } from '@fractura/python-compat';
import type { ExtendedSummary } from './extended-summary.js';

/**
 * nnU-Net's summary.json, byte for byte: means are floats, counts of cases whole numbers, NaN a bare word. What else is known
 * stands beside it under `extended`, which nnU-Net does not read.
 */
export function encodeSummary(
  { foreground_mean, mean, metric_per_case }: EvaluationSummary,
  extended?: ExtendedSummary,
): string {
  const summary = {
    extended,
    ...summaryMeans({ foreground_mean, mean }),
    metric_per_case: metric_per_case.map(({ metrics, ...files }) => ({
      ...files,
      metrics: Object.fromEntries(
        Object.entries(metrics).map(([label, { Dice, IoU, ...counts }]) => [
          label,
          { ...counts, Dice: new PythonFloat(Dice), IoU: new PythonFloat(IoU) },
        ]),
      ),
    })),
  };
  return encodePythonJson(summary, { indent: 4, sortKeys: true });
}

/** The means of a summary as they are written: all of them floats. */
export function summaryMeans({ foreground_mean, mean }: Pick<EvaluationSummary, 'foreground_mean' | 'mean'>) {
  return {
    foreground_mean: floats(foreground_mean),
    mean: Object.fromEntries(Object.entries(mean).map(([label, metrics]) => [label, floats(metrics)])),
  };
}

function floats(metrics: OverlapMetrics): Record<string, PythonFloat> {
  return Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, new PythonFloat(value as number)]));
}
