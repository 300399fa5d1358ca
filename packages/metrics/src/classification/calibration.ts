import { checkGiven } from '../check-given.js';
import { MetricsError } from '../errors.js';
import { quantile } from '../quantile.js';
import { checkProbabilities, type ScoredLabels } from '../scored-labels.js';
import { checkClassProbabilities, type ClassProbabilities, labelledArguments } from './probabilities.js';

/** A bin of confidence that holds items. */
export interface CalibrationBin {
  items: number;
  /** Mean predicted probability. */
  confidence: number;
  /** Share of items that are positive (two classes) or right (several). */
  frequency: number;
}

/** How confidences are sorted into bins. */
export interface CalibrationOptions {
  /** Default 10. */
  bins?: number;
  /**
   * `uniform`: bins of equal width, closed on the left, a confidence of 1 by itself, as torchmetrics; `uniform-right`: closed
   * on the right, as scikit-learn's `calibration_curve`; `quantile`: about as many items each, closed on the right, as there.
   * Default `uniform`.
   */
  strategy?: 'uniform' | 'uniform-right' | 'quantile';
}

interface Judged {
  confidence: number;
  right: number;
}

/** With two classes the probability of the positive one; with several that of the class that is predicted. */
function judged(given: Omit<ScoredLabels, 'weights'> | Omit<ClassProbabilities, 'weights'>): Judged[] {
  if (!('probabilities' in given)) {
    checkProbabilities(given);
    return Array.from(given.scores, (confidence, i) => ({ confidence, right: given.labels[i] }));
  }
  checkClassProbabilities(given);
  return given.probabilities.map((row, i) => {
    const confidence = Math.max(...Array.from(row));
    return { confidence, right: Number(Array.from(row).indexOf(confidence) === given.labels[i]) };
  });
}

/**
 * The reliability curve: confidence and frequency of each bin that is not empty.
 *
 * @throws MetricsError `length-mismatch`, `label-invalid`, `score-invalid`, `option-invalid`
 */
export function calibrationCurve(
  given: Omit<ScoredLabels, 'weights'> | Omit<ClassProbabilities, 'weights'>,
  options: CalibrationOptions = {},
): CalibrationBin[] {
  checkGiven({ given, options }, labelledArguments);
  const { bins = 10, strategy = 'uniform' } = options;

  if (!(Number.isInteger(bins) && bins > 0)) {
    throw new MetricsError(`The number of bins is ${bins}.`, {
      code: 'option-invalid',
      remedy: 'Give a whole number above 0.',
    });
  }
  const items = judged(given);
  const sorted = Float64Array.from(items, ({ confidence }) => confidence).sort();
  const edge = (i: number) => {
    if (strategy === 'quantile') {
      return quantile(sorted, i / bins);
    }
    // Rounded as torch.linspace and numpy.linspace do: a confidence of 0.3 lies on an edge or just beside it.
    return strategy === 'uniform' && i >= Math.floor((bins + 1) / 2) ? 1 - (bins - i) * (1 / bins) : i * (1 / bins);
  };
  const inner = Array.from({ length: strategy === 'uniform' ? bins : bins - 1 }, (_, i) => edge(i + 1));
  const binOf = (confidence: number) =>
    inner.filter((bound) => (strategy === 'uniform' ? bound <= confidence : bound < confidence)).length;
  const sums = Array.from({ length: bins + 1 }, () => ({ items: 0, confidence: 0, right: 0 }));
  for (const { confidence, right } of items) {
    const bin = sums[binOf(confidence)];
    bin.items += 1;
    bin.confidence += confidence;
    bin.right += right;
  }
  return sums
    .filter((bin) => bin.items > 0)
    .map((bin) => ({ items: bin.items, confidence: bin.confidence / bin.items, frequency: bin.right / bin.items }));
}

/**
 * How far confidence and frequency lie apart over the bins: the mean (ECE), the root of the mean square (RMSCE) and the
 * largest distance (MCE), items counting alike.
 *
 * @throws MetricsError as `calibrationCurve`.
 * @see Guo et al., On Calibration of Modern Neural Networks, ICML 2017
 */
export function calibrationError(
  given: Omit<ScoredLabels, 'weights'> | Omit<ClassProbabilities, 'weights'>,
  options: CalibrationOptions = {},
): { expected: number; rootMeanSquare: number; maximum: number } {
  const curve = calibrationCurve(given, options);
  const total = curve.reduce((sum, { items }) => sum + items, 0);
  const gaps = curve.map(({ items, confidence, frequency }) => ({
    share: items / total,
    gap: Math.abs(confidence - frequency),
  }));
  return {
    expected: gaps.reduce((sum, { share, gap }) => sum + share * gap, 0),
    rootMeanSquare: Math.sqrt(gaps.reduce((sum, { share, gap }) => sum + share * gap ** 2, 0)),
    maximum: Math.max(0, ...gaps.map(({ gap }) => gap)),
  };
}
