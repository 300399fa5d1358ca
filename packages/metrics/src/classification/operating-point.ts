import { checkGiven } from '../check-given.js';
import { MetricsError } from '../errors.js';
import { type ScoredLabels, scoredLabelsRule } from '../scored-labels.js';
import { rocCurve, type RocCurve } from './roc.js';

/** A threshold with what it gives: items score at least it to count as positive. */
export interface OperatingPoint {
  /** Infinite where no item counts as positive. */
  threshold: number;
  sensitivity: number;
  specificity: number;
}

const operatingPoints = (scored: ScoredLabels): OperatingPoint[] => {
  const curve = rocCurve(scored);
  return curve.thresholds.map((_, i) => pointOf(curve, i));
};

const pointOf = ({ falsePositiveRate, truePositiveRate, thresholds }: RocCurve, i: number): OperatingPoint => ({
  threshold: thresholds[i],
  sensitivity: truePositiveRate[i],
  specificity: 1 - falsePositiveRate[i],
});

/**
 * The threshold with the largest sensitivity + specificity - 1 (Youden 1950); of equals the highest.
 *
 * @throws MetricsError as `rocCurve`.
 */
export function youden(scored: ScoredLabels): OperatingPoint & { index: number } {
  // Rates are subtracted as scikit-learn's users do, so that equals stay equal.
  const curve = rocCurve(scored);
  const index = curve.truePositiveRate.map((rate, i) => rate - curve.falsePositiveRate[i]);
  let best = 0;
  index.forEach((value, i) => {
    if (value > index[best]) {
      best = i;
    }
  });
  return { ...pointOf(curve, best), index: index[best] };
}

/** The most specific operating point of at least this sensitivity; undefined where there is no positive item. */
export function atSensitivity(scored: ScoredLabels, sensitivity: number): OperatingPoint | undefined {
  checkGiven({ scored, rate: sensitivity }, rateArguments);

  checkRate('sensitivity', sensitivity);
  return operatingPoints(scored).find((point) => point.sensitivity >= sensitivity);
}

/** The most sensitive operating point of at least this specificity, of equals the highest threshold. */
export function atSpecificity(scored: ScoredLabels, specificity: number): OperatingPoint | undefined {
  checkGiven({ scored, rate: specificity }, rateArguments);

  checkRate('specificity', specificity);
  const allowed = operatingPoints(scored).filter((point) => point.specificity >= specificity);
  const best = Math.max(...allowed.slice(-1).map((point) => point.sensitivity));
  return allowed.find((point) => point.sensitivity === best);
}

function checkRate(name: string, rate: number): void {
  if (rate >= 0 && rate <= 1) {
    return;
  }
  throw new MetricsError(`The ${name} is ${rate}.`, { code: 'option-invalid', remedy: 'Give a rate from 0 to 1.' });
}

const rateArguments = { scored: scoredLabelsRule, rate: 'finite number' };
