import { checkGiven } from '../check-given.js';
import { MetricsError } from '../errors.js';
import { averagePrecision } from './precision-recall-curve.js';
import { checkClassProbabilities, type ClassProbabilities, classProbabilitiesRule } from './probabilities.js';
import { rocAuc } from './roc.js';

/** One class at a time against all others, with the averages that scikit-learn gives. */
export interface OneVersusRest {
  perClass: number[];
  /** Plain mean; NaN where it is for a class. */
  macro: number;
  /** Mean weighted by the classes' frequency; classes that do not occur are left out. */
  weighted: number;
  /** Every class of every item as one decision of its own. */
  micro: number;
}

type Measure = (scored: { labels: number[]; scores: number[]; weights?: number[] }) => number;

function oneVersusRest(given: ClassProbabilities, measure: Measure): OneVersusRest {
  const classes = checkClassProbabilities(given);
  const { labels, probabilities, weights } = given;
  const itemWeights = weights && Array.from(weights);
  const scored = Array.from({ length: classes }, (_, k) => ({
    labels: Array.from(labels, (label) => Number(label === k)),
    scores: probabilities.map((row) => row[k]),
    weights: itemWeights,
  }));
  const perClass = scored.map((own) => measure(own));
  const frequencies = scored.map((own) => own.labels.reduce((sum, is, i) => sum + is * (itemWeights?.[i] ?? 1), 0));
  const whole = frequencies.reduce((sum, frequency) => sum + frequency, 0);
  return {
    perClass,
    macro: perClass.reduce((sum, value) => sum + value, 0) / classes,
    weighted:
      perClass.reduce((sum, value, k) => (frequencies[k] === 0 ? sum : sum + value * frequencies[k]), 0) / whole,
    micro: measure({
      labels: scored.flatMap((own) => own.labels),
      scores: scored.flatMap((own) => own.scores),
      weights: itemWeights && scored.flatMap(() => itemWeights),
    }),
  };
}

/**
 * The AUC of each class against the others, as scikit-learn's `roc_auc_score(multi_class='ovr')`.
 *
 * @throws MetricsError `length-mismatch`, `label-invalid`, `score-invalid`, `weight-invalid`
 */
export const rocAucOneVersusRest = (given: ClassProbabilities): OneVersusRest => {
  checkGiven({ given }, { given: classProbabilitiesRule });
  return oneVersusRest(given, rocAuc);
};

/** The average precision of each class against the others. Throws as `rocAucOneVersusRest`. */
export const averagePrecisionOneVersusRest = (given: ClassProbabilities): OneVersusRest => {
  checkGiven({ given }, { given: classProbabilitiesRule });
  return oneVersusRest(given, averagePrecision);
};

/**
 * The mean AUC over all pairs of classes that occur, each pair judged by both classes' probabilities (Hand and Till 2001),
 * as scikit-learn's `roc_auc_score(multi_class='ovo')`; `weighted` by how frequent the pair is.
 *
 * @throws MetricsError `length-mismatch`, `label-invalid`, `score-invalid`
 */
export function rocAucOneVersusOne(given: Omit<ClassProbabilities, 'weights'>): { macro: number; weighted: number } {
  checkGiven({ given }, rocAucOneVersusOneArguments);

  checkClassProbabilities(given);
  const { labels, probabilities } = given;
  const present = [...new Set(Array.from(labels))].sort((a, b) => a - b);
  const pairs = present.flatMap((a, i) => present.slice(i + 1).map((b) => [a, b] as const));
  const judged = pairs.map(([a, b]) => {
    const items = Array.from(labels, (_, i) => i).filter((i) => labels[i] === a || labels[i] === b);
    const against = (positive: number) =>
      rocAuc({
        labels: items.map((i) => Number(labels[i] === positive)),
        scores: items.map((i) => probabilities[i][positive]),
      });
    return { auc: (against(a) + against(b)) / 2, frequency: items.length };
  });
  const mean = (weight: (frequency: number) => number) =>
    judged.reduce((sum, { auc, frequency }) => sum + auc * weight(frequency), 0) /
    judged.reduce((sum, { frequency }) => sum + weight(frequency), 0);
  return { macro: mean(() => 1), weighted: mean((frequency) => frequency) };
}

/**
 * The share of items whose class is among the k most probable; of equally probable classes the later ones come first, as in
 * scikit-learn.
 *
 * @throws MetricsError `option-invalid`, `length-mismatch`, `label-invalid`, `score-invalid`, `weight-invalid`
 */
export function topKAccuracy(given: ClassProbabilities, options: { k: number }): number {
  checkGiven({ given, options }, topKAccuracyArguments);
  const { k } = options;

  const classes = checkClassProbabilities(given);
  if (!(Number.isInteger(k) && k >= 1 && k <= classes)) {
    throw new MetricsError(`K is ${k}.`, {
      code: 'option-invalid',
      remedy: `Give a whole number from 1 to ${classes}.`,
    });
  }
  const { labels, probabilities, weights } = given;
  let [hits, whole] = [0, 0];
  probabilities.forEach((row, i) => {
    const label = labels[i];
    const before = Array.from(row).filter(
      (value, other) => value > row[label] || (value === row[label] && other > label),
    );
    const weight = weights ? weights[i] : 1;
    if (before.length < k) {
      hits += weight;
    }
    whole += weight;
  });
  return hits / whole;
}

const rocAucOneVersusOneArguments = { given: { labels: 'numbers', probabilities: ['numbers'] } };

const topKAccuracyArguments = { given: classProbabilitiesRule, options: { k: 'finite number' } };
