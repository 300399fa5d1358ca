import { checkGiven } from '../check-given.js';
import type { Interval } from '../intervals/interval.js';
import { wilsonInterval } from '../intervals/proportions.js';
import type { ScoredLabels } from '../scored-labels.js';
import { calibrationCurve, type CalibrationBin, type CalibrationOptions } from './calibration.js';
import { labelledArguments, type ClassProbabilities } from './probabilities.js';

/** A bin of confidence with the interval of its frequency. */
export interface ReliabilityBin extends CalibrationBin {
  /** Wilson's score interval of the frequency. */
  interval: Interval;
}

/**
 * The calibration curve with an interval for each bin: a bin whose interval holds its confidence is no evidence against it.
 *
 * @throws MetricsError as `calibrationCurve`; `proportion-invalid` for a confidence that is none
 */
export function reliabilityCurve(
  given: Omit<ScoredLabels, 'weights'> | Omit<ClassProbabilities, 'weights'>,
  all: CalibrationOptions & { confidence?: number } = {},
): ReliabilityBin[] {
  checkGiven({ given, options: all }, labelledArguments);
  const { confidence = 0.95, ...options } = all;

  return calibrationCurve(given, options).map((bin) => {
    const successes = Math.round(bin.frequency * bin.items);
    return { ...bin, interval: wilsonInterval({ successes, trials: bin.items, confidence }) };
  });
}
