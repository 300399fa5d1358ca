import { atSensitivity, atSpecificity, fitTemperature, youden, type OperatingPoint } from '@fractura/metrics';
import { softmax } from './softmax.js';

/** Which operating points are wanted beside Youden's. */
export interface WantedOperatingPoints {
  /** Default 0.9. */
  sensitivity?: number;
  /** Default 0.9. */
  specificity?: number;
}

/** The operating points by name: with the largest sensitivity + specificity, and with a wanted sensitivity or specificity. */
export const operatingPointNames = ['youden', 'sensitivity', 'specificity'] as const;
export type OperatingPointName = (typeof operatingPointNames)[number];

/** What the validation images say of a classifier's probabilities. Plain JSON: checkpoints keep it. */
export interface Calibration {
  /** What logits are divided by before the softmax. */
  temperature: number;
  /** Validation images that it was found on. */
  images: number;
  wanted: Required<WantedOperatingPoints>;
  /**
   * Of two classes: from which calibrated probability of the second one on images count as of it, and what that gives on the
   * validation images. A point is absent where no image would count, and all are where a class does not occur.
   */
  operatingPoints: Partial<Record<OperatingPointName, OperatingPoint>>;
}

/** @throws MetricsError `option-invalid` for a rate that is none */
export function calibrate(
  { labels, logits }: { labels: readonly number[]; logits: readonly (readonly number[])[] },
  { sensitivity = 0.9, specificity = 0.9 }: WantedOperatingPoints = {},
): Calibration {
  const temperature = fitTemperature({ labels, logits });
  const calibration: Calibration = {
    temperature,
    images: labels.length,
    wanted: { sensitivity, specificity },
    operatingPoints: {},
  };
  if (logits[0].length !== 2 || new Set(labels).size < 2) {
    return calibration;
  }
  const scored = { labels, scores: logits.map((row) => softmax(row, temperature)[1]) };
  const { threshold, sensitivity: hits, specificity: passes } = youden(scored);
  const points: Record<OperatingPointName, OperatingPoint | undefined> = {
    youden: { threshold, sensitivity: hits, specificity: passes },
    sensitivity: atSensitivity(scored, sensitivity),
    specificity: atSpecificity(scored, specificity),
  };
  for (const name of operatingPointNames) {
    const point = points[name];
    if (point !== undefined && Number.isFinite(point.threshold)) {
      calibration.operatingPoints[name] = point;
    }
  }
  return calibration;
}
