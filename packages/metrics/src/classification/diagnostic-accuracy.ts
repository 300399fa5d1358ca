import { checkGiven } from '../check-given.js';
import { delongInterval } from '../intervals/delong.js';
import type { Interval } from '../intervals/interval.js';
import { normalQuantile } from '../intervals/normal.js';
import { wilsonInterval } from '../intervals/proportions.js';
import { checkScored, type ScoredLabels } from '../scored-labels.js';

/** What a binary classifier is worth at one threshold, each with its confidence interval; a value is NaN where it is 0 / 0. */
export interface DiagnosticAccuracy {
  threshold: number;
  counts: { truePositives: number; falsePositives: number; falseNegatives: number; trueNegatives: number };
  accuracy: Interval;
  sensitivity: Interval;
  specificity: Interval;
  positivePredictiveValue: Interval;
  negativePredictiveValue: Interval;
  /** sensitivity / (1 - specificity) */
  positiveLikelihoodRatio: Interval;
  /** (1 - sensitivity) / specificity */
  negativeLikelihoodRatio: Interval;
  /** Of all thresholds together, by DeLong. */
  auc: Interval;
}

/**
 * The figures of a study of diagnostic accuracy (STARD 2015): proportions with Wilson's intervals, likelihood ratios with
 * intervals on the logarithmic scale (Simel et al. 1991), the AUC with DeLong's.
 *
 * @param options `threshold` from which on an item counts as positive, default 0.5; `confidence`, default 0.95.
 * @throws MetricsError `length-mismatch`, `label-invalid`, `score-invalid`
 */
export function diagnosticAccuracy(
  scoredLabels: Omit<ScoredLabels, 'weights'>,
  options: { threshold?: number; confidence?: number } = {},
): DiagnosticAccuracy {
  checkGiven({ scoredLabels, options }, diagnosticAccuracyArguments);
  const { labels, scores } = scoredLabels;
  const { threshold = 0.5, confidence = 0.95 } = options;

  checkScored({ labels, scores });
  const count = (label: number, positive: boolean) => {
    let items = 0;
    for (let i = 0; i < labels.length; i += 1) {
      if (labels[i] === label && scores[i] >= threshold === positive) {
        items += 1;
      }
    }
    return items;
  };
  const [tp, fn, fp, tn] = [count(1, true), count(1, false), count(0, true), count(0, false)];
  const share = (successes: number, trials: number) => wilsonInterval({ successes, trials, confidence });
  const ratio = (a: number, ofA: number, b: number, ofB: number) => likelihoodRatio({ a, ofA, b, ofB, confidence });
  return {
    threshold,
    counts: { truePositives: tp, falsePositives: fp, falseNegatives: fn, trueNegatives: tn },
    accuracy: share(tp + tn, labels.length),
    sensitivity: share(tp, tp + fn),
    specificity: share(tn, tn + fp),
    positivePredictiveValue: share(tp, tp + fp),
    negativePredictiveValue: share(tn, tn + fn),
    positiveLikelihoodRatio: ratio(tp, tp + fn, fp, fp + tn),
    negativeLikelihoodRatio: ratio(fn, tp + fn, tn, fp + tn),
    auc: delongInterval({ labels, scores }, { confidence }),
  };
}

/** (a / ofA) / (b / ofB); its logarithm is about normal with variance 1/a - 1/ofA + 1/b - 1/ofB. */
function likelihoodRatio({
  a,
  ofA,
  b,
  ofB,
  confidence,
}: Record<'a' | 'ofA' | 'b' | 'ofB' | 'confidence', number>): Interval {
  const value = a / ofA / (b / ofB);
  const spread = normalQuantile(1 - (1 - confidence) / 2) * Math.sqrt(1 / a - 1 / ofA + 1 / b - 1 / ofB);
  return { value, lower: value / Math.exp(spread), upper: value * Math.exp(spread), confidence, method: 'log-normal' };
}

const diagnosticAccuracyArguments = {
  scoredLabels: { labels: 'numbers', scores: 'numbers' },
  options: { 'threshold?': 'number' },
};
