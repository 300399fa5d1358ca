import { MetricsError } from '../errors.js';
import type { ScoredLabels } from './checked.js';
import { rocCurve } from './roc.js';

/** A threshold with what it gives: items score at least it to count as positive. */
export interface OperatingPoint {
  /** Infinite where no item counts as positive. */
  threshold: number;
  sensitivity: number;
  specificity: number;
}

function operatingPoints(scored: ScoredLabels): OperatingPoint[] {
  const { falsePositiveRate, truePositiveRate, thresholds } = rocCurve(scored);
  return thresholds.map((threshold, i) => ({
    threshold,
    sensitivity: truePositiveRate[i],
    specificity: 1 - falsePositiveRate[i],
  }));
}

/**
 * The threshold with the largest sensitivity + specificity - 1 (Youden 1950); of equals the highest.
 *
 * @throws MetricsError as `rocCurve`.
 */
export function youden(scored: ScoredLabels): OperatingPoint & { index: number } {
  // Rates are subtracted as scikit-learn's users do, so that equals stay equal.
  const { falsePositiveRate, truePositiveRate } = rocCurve(scored);
  let best = 0;
  truePositiveRate.forEach((rate, i) => {
    if (rate - falsePositiveRate[i] > truePositiveRate[best] - falsePositiveRate[best]) best = i;
  });
  return { ...operatingPoints(scored)[best], index: truePositiveRate[best] - falsePositiveRate[best] };
}

/** The most specific operating point of at least this sensitivity; undefined where there is no positive item. */
export function atSensitivity(scored: ScoredLabels, sensitivity: number): OperatingPoint | undefined {
  checkRate('sensitivity', sensitivity);
  return operatingPoints(scored).find((point) => point.sensitivity >= sensitivity);
}

/** The most sensitive operating point of at least this specificity, of equals the highest threshold. */
export function atSpecificity(scored: ScoredLabels, specificity: number): OperatingPoint | undefined {
  checkRate('specificity', specificity);
  const allowed = operatingPoints(scored).filter((point) => point.specificity >= specificity);
  const best = Math.max(...allowed.slice(-1).map((point) => point.sensitivity));
  return allowed.find((point) => point.sensitivity === best);
}

function checkRate(name: string, rate: number): void {
  if (rate >= 0 && rate <= 1) return;
  throw new MetricsError(`the ${name} is ${rate}`, { code: 'option-invalid', remedy: 'Give a rate from 0 to 1.' });
}
