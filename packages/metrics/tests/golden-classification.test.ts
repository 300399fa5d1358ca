import { expect } from '@jest/globals';
import {
  accuracy,
  averagePrecision,
  balancedAccuracy,
  brierScore,
  calibrationError,
  cohenKappa,
  confusionMatrix,
  logLoss,
  matthewsCorrelation,
  precisionRecallF1,
  rocAuc,
  rocCurve,
} from '../src/index.js';
import { readReference, testWithReference } from './golden.js';

type Stored = number | string | { error: string } | undefined;
interface Expected extends Record<string, unknown> {
  confusionMatrix: number[][];
  perClass: Record<'precision' | 'recall' | 'f1' | 'support', number[]>;
  macro: Record<'precision' | 'recall' | 'f1', number>;
  micro: Record<'precision' | 'recall' | 'f1', number>;
  weighted: Record<'precision' | 'recall' | 'f1', number>;
  rocCurve?: { fpr: Stored[]; tpr: Stored[]; thresholds: Stored[] };
}
interface Vector {
  name: string;
  task: 'binary' | 'multiclass';
  yTrue: number[];
  yScore: number[];
  yPred: number[];
  scoresAreProbabilities?: boolean;
  sampleWeight?: number[];
  expected: { sklearn: Expected; torchmetrics?: Record<string, Record<string, number>> };
}

const vectors = () => {
  const content = readReference('metrics/classification.json') as Record<string, unknown>;
  const cases = Object.values(content).filter(Array.isArray).flat() as Vector[];
  return cases.filter(({ sampleWeight }) => sampleWeight === undefined);
};

/** Equal to nine digits; where scikit-learn raised, ours is NaN. */
function expectStored(name: string, own: number, stored: Stored): void {
  if (stored === undefined) return;
  const expected = typeof stored === 'object' ? NaN : Number(stored);
  const same = Object.is(own, expected) || Math.abs(own - expected) <= 1e-9 * Math.max(1, Math.abs(expected));
  expect({ name, own, expected, same }).toEqual({ name, own, expected, same: true });
}

testWithReference('counts and scores by class equal those of scikit-learn', () => {
  for (const { name, yTrue, yPred, expected } of vectors()) {
    const { sklearn } = expected;
    const classes = sklearn.confusionMatrix.map((_, i) => i);
    const classified = { labels: yTrue, predictions: yPred, classes };
    expect({ name, matrix: confusionMatrix(classified) }).toEqual({ name, matrix: sklearn.confusionMatrix });
    expectStored(`${name} accuracy`, accuracy(classified), sklearn.accuracy as Stored);
    expectStored(`${name} balanced`, balancedAccuracy(classified), sklearn.balancedAccuracy as Stored);
    expectStored(`${name} mcc`, matthewsCorrelation(classified), sklearn.mcc as Stored);
    expectStored(`${name} kappa`, cohenKappa(classified), sklearn.kappa as Stored);
    expectStored(`${name} linear`, cohenKappa(classified, { weights: 'linear' }), sklearn.kappaLinear as Stored);
    expectStored(
      `${name} quadratic`,
      cohenKappa(classified, { weights: 'quadratic' }),
      sklearn.kappaQuadratic as Stored,
    );
    const scores = precisionRecallF1(classified);
    for (const key of ['precision', 'recall', 'f1'] as const) {
      scores.perClass.forEach((score, i) => {
        expectStored(`${name} class ${i} ${key}`, score[key], sklearn.perClass[key][i]);
      });
      for (const average of ['macro', 'micro', 'weighted'] as const) {
        expectStored(`${name} ${average} ${key}`, scores[average][key], sklearn[average][key]);
      }
    }
  }
});

testWithReference('curves, areas and losses of scores equal those of scikit-learn', () => {
  const binary = vectors().filter(({ task }) => task === 'binary');
  expect(binary.length).toBeGreaterThan(10);
  for (const { name, yTrue, yScore, expected, scoresAreProbabilities } of binary) {
    const { sklearn, torchmetrics } = expected;
    const scored = { labels: yTrue, scores: yScore };
    expectStored(`${name} auc`, rocAuc(scored), sklearn.rocAuc as Stored);
    if (yTrue.includes(1)) expectStored(`${name} ap`, averagePrecision(scored), sklearn.averagePrecision as Stored);
    if (scoresAreProbabilities) {
      expectStored(`${name} log loss`, logLoss(scored), sklearn.logLoss as Stored);
      expectStored(`${name} brier`, brierScore(scored), sklearn.brier as Stored);
      const ece = torchmetrics?.calibrationError10?.l1;
      if (ece !== undefined) expect(Math.abs(calibrationError(scored).expected - ece)).toBeLessThan(0.06);
    }
    const curve = sklearn.rocCurve;
    if (!curve?.fpr) continue;
    const own = rocCurve(scored);
    curve.fpr.forEach((value, i) => {
      expectStored(`${name} fpr ${i}`, own.falsePositiveRate[i], value);
      expectStored(`${name} tpr ${i}`, own.truePositiveRate[i], curve.tpr[i]);
      expectStored(`${name} threshold ${i}`, own.thresholds[i], curve.thresholds[i]);
    });
  }
});
