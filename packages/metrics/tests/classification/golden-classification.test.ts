import { expect, test } from '@jest/globals';
import {
  accuracy,
  areaUnderCurve,
  averagePrecision,
  averagePrecisionOneVersusRest,
  balancedAccuracy,
  brierScore,
  calibrationCurve,
  calibrationError,
  cohenKappa,
  confusionMatrix,
  diagnosticAccuracy,
  hammingLoss,
  logLoss,
  matthewsCorrelation,
  normalizeConfusion,
  precisionRecall,
  precisionRecallCurve,
  rocAuc,
  rocAucOneVersusOne,
  rocAucOneVersusRest,
  rocCurve,
  topKAccuracy,
  youden,
  type PrecisionRecall,
} from '../../src/index.js';
import { readReference } from '../golden.js';
import { expectStored, type Stored } from '../stored.js';

type Scores = Record<'precision' | 'recall' | 'f1', Stored> & { jaccard?: Stored };
interface Averages {
  perClass: Record<'precision' | 'recall' | 'f1', Stored[]> & { jaccard?: Stored[] };
  macro: Scores;
  micro?: Scores;
  weighted: Scores;
}
type Curve = Record<string, Stored[]>;
interface Sklearn extends Record<string, unknown>, Averages {
  confusionMatrix: number[][];
  zeroDivision1?: Averages;
  zeroDivisionNaN?: Averages;
}
interface Vector {
  name: string;
  task: 'binary' | 'multiclass';
  yTrue: number[];
  yScore: number[] | number[][];
  yPred: number[];
  threshold?: number;
  scoresAreProbabilities?: boolean;
  sampleWeight?: number[];
  expected: {
    sklearn: Sklearn;
    torchmetrics?: Record<string, Record<string, number>>;
    derived?: { eceSklearnBins?: Record<string, { ece: number; mce: number }> };
  };
}

const vectors = (task?: Vector['task']) =>
  (['binary', 'multiclass'] as const)
    .filter((kind) => task === undefined || kind === task)
    .flatMap((kind) => (readReference(`libraries/classification-${kind}.json`) as { cases: Vector[] }).cases);
const weightsOf = ({ sampleWeight }: Vector) => (sampleWeight ? { weights: sampleWeight } : {});

function expectScores(name: string, own: PrecisionRecall, stored: Scores): void {
  expectStored(`${name} precision`, own.precision, stored.precision);
  expectStored(`${name} recall`, own.recall, stored.recall);
  expectStored(`${name} f1`, own.fScore, stored.f1);
  expectStored(`${name} jaccard`, own.jaccard, stored.jaccard);
}

test('counts and agreement equal those of scikit-learn', () => {
  for (const vector of vectors()) {
    const { name, yTrue, yPred, expected } = vector;
    const { sklearn } = expected;
    const classes = sklearn.confusionMatrix.map((_, i) => i);
    const classified = { labels: yTrue, predictions: yPred, classes, ...weightsOf(vector) };
    const matrix = confusionMatrix(classified);
    for (const [own, key] of [
      [matrix, 'confusionMatrix'],
      [normalizeConfusion(matrix, 'label'), 'confusionMatrixNormTrue'],
      [normalizeConfusion(matrix, 'prediction'), 'confusionMatrixNormPred'],
    ] as const) {
      (sklearn[key] as Stored[][]).flat().forEach((stored, i) => {
        expectStored(`${name} ${key} ${i}`, own.flat()[i], stored);
      });
    }
    for (const [key, own] of Object.entries({
      accuracy: accuracy(classified),
      hammingLoss: hammingLoss(classified),
      balancedAccuracy: balancedAccuracy(classified),
      balancedAccuracyAdjusted: balancedAccuracy(classified, { adjusted: true }),
      mcc: matthewsCorrelation(classified),
      kappa: cohenKappa(classified),
      kappaLinear: cohenKappa(classified, { distance: 'linear' }),
      kappaQuadratic: cohenKappa(classified, { distance: 'quadratic' }),
    })) {
      expectStored(`${name} ${key}`, own, sklearn[key] as Stored);
    }
  }
});

test('precision, recall and F-scores equal those of scikit-learn, whatever 0 / 0 stands for', () => {
  for (const vector of vectors()) {
    const { name, yTrue, yPred, expected } = vector;
    const { sklearn } = expected;
    const classes = sklearn.confusionMatrix.map((_, i) => i);
    const classified = { labels: yTrue, predictions: yPred, classes, ...weightsOf(vector) };
    for (const [zeroDivision, stored] of [
      [0, sklearn],
      [1, sklearn.zeroDivision1],
      [NaN, sklearn.zeroDivisionNaN],
    ] as const) {
      if (!stored) {
        continue;
      }
      const own = precisionRecall(classified, { zeroDivision });
      own.perClass.forEach((scores, i) => {
        const { precision, recall, f1, jaccard } = stored.perClass;
        const ofClass = { precision: precision[i], recall: recall[i], f1: f1[i], jaccard: jaccard?.[i] };
        expectScores(`${name} class ${i}, 0/0 ${zeroDivision}`, scores, ofClass);
      });
      for (const average of ['macro', 'micro', 'weighted'] as const) {
        if (stored[average]) {
          expectScores(`${name} ${average}, 0/0 ${zeroDivision}`, own[average], stored[average]);
        }
      }
    }
    for (const [beta, key] of [
      [0.5, 'f0_5'],
      [2, 'f2'],
    ] as const) {
      expectStored(`${name} ${key}`, precisionRecall(classified, { beta }).perClass[1].fScore, sklearn[key] as Stored);
    }
  }
});

test('areas, curves and losses of scores equal those of scikit-learn', () => {
  const binary = vectors('binary');
  expect(binary.length).toBeGreaterThan(10);
  for (const vector of binary) {
    const { name, yTrue, yScore, expected, scoresAreProbabilities } = vector;
    const { sklearn } = expected;
    const scored = { labels: yTrue, scores: yScore as number[], ...weightsOf(vector) };
    expectStored(`${name} auc`, rocAuc(scored), sklearn.rocAuc as Stored);
    expectStored(`${name} partial`, rocAuc(scored, { maxFalsePositiveRate: 0.2 }), sklearn.rocAucMaxFpr0_2 as Stored);
    expectStored(`${name} ap`, averagePrecision(scored), sklearn.averagePrecision as Stored);
    const { precision, recall } = precisionRecallCurve(scored);
    expectStored(`${name} trapezoid`, areaUnderCurve(recall, precision), sklearn.prAucTrapezoid as Stored);
    if (scoresAreProbabilities) {
      expectStored(`${name} log loss`, logLoss(scored), sklearn.logLoss as Stored);
      expectStored(`${name} brier`, brierScore(scored), sklearn.brier as Stored);
    }
    for (const [key, own] of Object.entries({
      rocCurve: roc(scored, false),
      rocCurveDropIntermediate: roc(scored, true),
      prCurve: precisionRecallCurve(scored),
      prCurveDropIntermediate: precisionRecallCurve(scored, { dropIntermediate: true }),
    })) {
      for (const [part, stored] of Object.entries((sklearn[key] ?? {}) as Curve)) {
        if (!Array.isArray(stored)) {
          continue;
        }
        const values = (own as unknown as Record<string, number[]>)[part];
        expect({ name, key, part, length: values.length }).toEqual({ name, key, part, length: stored.length });
        stored.forEach((value, i) => {
          expectStored(`${name} ${key} ${part} ${i}`, values[i], value);
        });
      }
    }
    const best = sklearn.youden as Record<string, Stored> | undefined;
    if (!best || 'error' in best) {
      continue;
    }
    const own = youden(scored);
    if (Number.isNaN(Number(best.j))) {
      continue;
    }
    expectStored(`${name} youden`, own.index, best.j);
    expectStored(`${name} youden threshold`, own.threshold, best.threshold);
    expectStored(`${name} youden sensitivity`, own.sensitivity, best.tpr);
  }
});

function roc(scored: Parameters<typeof rocCurve>[0], dropIntermediate: boolean) {
  const { falsePositiveRate, truePositiveRate, thresholds } = rocCurve(scored, { dropIntermediate });
  return { fpr: falsePositiveRate, tpr: truePositiveRate, thresholds };
}

test('a diagnostic summary agrees with scikit-learn at the threshold', () => {
  for (const { name, yTrue, yScore, threshold, sampleWeight, expected } of vectors('binary')) {
    if (sampleWeight || name.startsWith('all-') || name.startsWith('single-')) {
      continue;
    }
    const { sklearn } = expected;
    const own = diagnosticAccuracy({ labels: yTrue, scores: yScore as number[] }, { threshold: threshold! });
    const { precision, recall } = sklearn.binary as Record<string, Stored>;
    expectStored(`${name} sensitivity`, own.sensitivity.value, recall);
    expectStored(`${name} ppv`, own.positivePredictiveValue.value, precision);
    expectStored(`${name} specificity`, own.specificity.value, sklearn.specificity as Stored);
    expectStored(`${name} npv`, own.negativePredictiveValue.value, sklearn.npv as Stored);
    const [positive, negative] = sklearn.likelihoodRatios as Stored[];
    // scikit-learn gives NaN where nothing is a false alarm; the ratio then is infinite.
    if (positive !== 'NaN') {
      expectStored(`${name} LR+`, own.positiveLikelihoodRatio.value, positive);
    }
    if (negative !== 'NaN') {
      expectStored(`${name} LR-`, own.negativeLikelihoodRatio.value, negative);
    }
    expectStored(`${name} auc`, own.auc.value, sklearn.rocAuc as Stored);
  }
});

test('calibration equals torchmetrics with its bins and scikit-learn with its own', () => {
  for (const vector of vectors()) {
    const { name, task, yTrue, yScore, expected } = vector;
    const given =
      task === 'binary'
        ? { labels: yTrue, scores: yScore as number[] }
        : { labels: yTrue, probabilities: yScore as number[][] };
    for (const bins of [5, 10, 15]) {
      const stored = expected.torchmetrics?.[`calibrationError${bins}`];
      if (!stored) {
        continue;
      }
      const own = calibrationError(given, { bins });
      for (const [key, value] of [
        ['l1', own.expected],
        ['l2', own.rootMeanSquare],
        ['max', own.maximum],
      ] as const) {
        expect({ name, bins, key, close: Math.abs(value - stored[key]) < 1e-5 }).toEqual({
          name,
          bins,
          key,
          close: true,
        });
      }
      const derived = expected.derived?.eceSklearnBins?.[`bins${bins}`];
      if (!derived) {
        continue;
      }
      const right = calibrationError(given, { bins, strategy: 'uniform-right' });
      expectStored(`${name} ECE, ${bins} bins closed on the right`, right.expected, derived.ece);
      expectStored(`${name} MCE, ${bins} bins closed on the right`, right.maximum, derived.mce);
    }
    const curves = (expected.sklearn.calibrationCurve ?? {}) as Record<string, Curve>;
    for (const [key, { probTrue, probPred }] of Object.entries(curves)) {
      const strategy = key.startsWith('uniform') ? 'uniform-right' : 'quantile';
      const own = calibrationCurve(given, { bins: Number(/\d+/.exec(key)![0]), strategy });
      expect({ name, key, bins: own.length }).toEqual({ name, key, bins: probTrue.length });
      own.forEach(({ confidence, frequency }, i) => {
        expectStored(`${name} ${key} frequency ${i}`, frequency, probTrue[i]);
        expectStored(`${name} ${key} confidence ${i}`, confidence, probPred[i]);
      });
    }
  }
});

test('several classes against one another equal scikit-learn', () => {
  const multiclass = vectors('multiclass');
  expect(multiclass.length).toBeGreaterThan(3);
  for (const vector of multiclass) {
    const { name, yTrue, yScore, expected } = vector;
    const { sklearn } = expected;
    const given = { labels: yTrue, probabilities: yScore as number[][], ...weightsOf(vector) };
    const rest = rocAucOneVersusRest(given);
    const precision = averagePrecisionOneVersusRest(given);
    const pairs = rocAucOneVersusOne({ labels: yTrue, probabilities: yScore as number[][] });
    (sklearn.rocAucPerClass as Stored[]).forEach((stored, k) => {
      expectStored(`${name} auc of ${k}`, rest.perClass[k], stored);
    });
    (sklearn.averagePrecisionPerClass as Stored[]).forEach((stored, k) => {
      expectStored(`${name} ap of ${k}`, precision.perClass[k], stored);
    });
    for (const [key, own] of Object.entries({
      rocAuc_ovr_macro: rest.macro,
      rocAuc_ovr_weighted: rest.weighted,
      rocAuc_ovr_micro: rest.micro,
      rocAuc_ovo_macro: pairs.macro,
      rocAuc_ovo_weighted: pairs.weighted,
      averagePrecision_macro: precision.macro,
      averagePrecision_weighted: precision.weighted,
      averagePrecision_micro: precision.micro,
      top1Accuracy: topKAccuracy(given, { k: 1 }),
      top2Accuracy: topKAccuracy(given, { k: 2 }),
      logLoss: logLoss(given),
      brier: brierScore(given),
      brierHalf: brierScore(given, { half: true }),
    })) {
      const stored = sklearn[key] as Stored;
      if (typeof stored !== 'object') {
        expectStored(`${name} ${key}`, own, stored);
      }
    }
  }
});
