import {
  balancedAccuracy,
  brierScore,
  calibrationError,
  confusionMatrix,
  delongInterval,
  matthewsCorrelation,
  precisionRecall,
  reliabilityCurve,
  wilsonInterval,
  type Interval,
  type OperatingPoint,
  type ReliabilityBin,
} from '@fractura/metrics';
import { decide } from '../calibration/decide.js';

/** What a classifier's predictions are worth. */
export interface Evaluation {
  classNames: readonly string[];
  images: number;
  accuracy: Interval;
  balancedAccuracy: number;
  matthewsCorrelation: number;
  macroF1: number;
  /** Row the label, column the prediction. */
  confusionMatrix: number[][];
  /** Of the second class, where there are two. */
  auc?: Interval;
  /** By which probability of the second class on images counted as of it; absent where the most probable class counted. */
  operatingPoint?: OperatingPoint;
  /** Of the second class at the operating point, or of the more probable class, where there are two. */
  sensitivity?: Interval;
  specificity?: Interval;
  /** Mean squared distance of probabilities and labels. */
  brierScore: number;
  /** Mean distance of confidence and frequency over ten bins. */
  calibrationError: number;
  /** Confidence and frequency, with its interval, of ten bins of as many images each. */
  reliability: ReliabilityBin[];
}

/** What predictions are judged with. */
export interface JudgedPredictions {
  labels: readonly number[];
  /** For each image one of every class. */
  probabilities: readonly (readonly number[])[];
  classNames: readonly string[];
  operatingPoint?: OperatingPoint | undefined;
}

export function evaluatePredictions({
  labels,
  probabilities,
  classNames,
  operatingPoint,
}: JudgedPredictions): Evaluation {
  const predictions = probabilities.map((row) => decide(row, operatingPoint));
  const classified = { labels, predictions, classes: classNames.map((_, index) => index) };
  const isBinary = classNames.length === 2;
  const scored = isBinary ? { labels, scores: probabilities.map(([, score]) => score) } : { labels, probabilities };
  const right = (of: (label: number) => boolean): Interval => {
    const members = labels.flatMap((label, i) => (of(label) ? [Number(predictions[i] === label)] : []));
    return wilsonInterval({ successes: members.reduce((sum, hit) => sum + hit, 0), trials: members.length });
  };
  const evaluation: Evaluation = {
    classNames,
    images: labels.length,
    accuracy: right(() => true),
    balancedAccuracy: balancedAccuracy(classified),
    matthewsCorrelation: matthewsCorrelation(classified),
    macroF1: precisionRecall(classified).macro.fScore,
    confusionMatrix: confusionMatrix(classified),
    brierScore: brierScore(scored),
    calibrationError: calibrationError(scored).expected,
    reliability: reliabilityCurve(scored, { strategy: 'quantile' }),
  };
  if (isBinary) {
    evaluation.auc = delongInterval({ labels, scores: probabilities.map(([, score]) => score) });
    evaluation.sensitivity = right((label) => label === 1);
    evaluation.specificity = right((label) => label === 0);
  }
  if (operatingPoint !== undefined) {
    evaluation.operatingPoint = operatingPoint;
  }
  return evaluation;
}
