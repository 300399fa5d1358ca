import { MetricsError } from '../errors.js';
import { RunningNumber } from '../streaming/running-number.js';
import type { CaseMetrics, OverlapMetrics } from './evaluate-case.js';
import { byMetric, checkKeys, foregroundMean, type EvaluationSummary } from './summarize-cases.js';

/**
 * nnU-Net's means over any number of cases, none of which is kept: write each to its file, or drop it.
 *
 * Sums are compensated, so that neither the order nor the number of cases shows; {@link summarizeCases} adds in numpy's order and
 * may differ in the last bit.
 */
export class RunningSummary {
  #labels: Map<string, Record<keyof OverlapMetrics, RunningNumber>> | undefined;

  /** @throws MetricsError `labels-differ` */
  add(each: CaseMetrics): void {
    this.#labels ??= new Map(
      Object.keys(each.metrics).map((key) => [key, byMetric(() => new RunningNumber())] as const),
    );
    checkKeys(each, [...this.#labels.keys()]);
    for (const [key, numbers] of this.#labels) {
      for (const [name, number] of Object.entries(numbers)) {
        number.add(each.metrics[key][name as keyof OverlapMetrics]);
      }
    }
  }

  /**
   * The means of summary.json, at any time.
   *
   * @throws MetricsError `no-cases`
   */
  summary(): Pick<EvaluationSummary, 'foreground_mean' | 'mean'> {
    if (!this.#labels) {
      throw new MetricsError('There are no cases to average.', {
        code: 'no-cases',
        remedy: 'Add at least one case.',
      });
    }
    const mean = Object.fromEntries(
      [...this.#labels].map(([key, numbers]) => [key, byMetric((name) => numbers[name].statistics().mean)]),
    );
    return { foreground_mean: foregroundMean(mean), mean };
  }
}
