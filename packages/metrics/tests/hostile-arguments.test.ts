import { expect, test } from '@jest/globals';
import { faultsOfHostileCalls } from '@fractura/testing';
import * as metrics from '../src/index.js';

const scored = { labels: [0, 1, 1], scores: [0.1, 0.7, 0.4] };
const classified = { labels: [0, 1, 1], predictions: [0, 1, 0] };
const several = {
  labels: [0, 1, 2],
  probabilities: [
    [0.6, 0.2, 0.2],
    [0.1, 0.8, 0.1],
    [0.2, 0.2, 0.6],
  ],
};
const masks = { reference: [0, 1, 1, 0], prediction: [0, 1, 0, 0], shape: [2, 2] };
const cases = [metrics.evaluateCase({ ...masks, labels: [1] })];

test('every function refuses hostile arguments by an error with a code and a remedy', async () => {
  const sound = {
    accuracy: [classified],
    atSensitivity: [scored, 0.9],
    bootstrapInterval: [{ cases: [1, 2, 3], statistic: (drawn: readonly number[]) => drawn.length, resamples: 10 }],
    boxIou: [[0, 0, 2, 2], [1, 1, 2, 2], false],
    brierScore: [scored, { half: true }],
    calibrationCurve: [scored, { bins: 5 }],
    confusionMatrix: [classified],
    delongTest: [{ labels: [0, 1, 1, 0], first: [0.1, 0.7, 0.4, 0.3], second: [0.2, 0.3, 0.9, 0.1] }],
    dice: [{ ...masks, label: 1 }],
    evaluateCoco: [
      {
        kind: 'bbox',
        groundTruth: {
          images: [{ id: 1 }],
          categories: [{ id: 1, name: 'fracture' }],
          annotations: [{ id: 1, image_id: 1, category_id: 1, area: 4, iscrowd: 0, bbox: [0, 0, 2, 2] }],
        },
        detections: [{ image_id: 1, category_id: 1, score: 0.9, bbox: [0, 0, 2, 2] }],
      },
    ],
    evaluateSegmentation: [{ ...masks, labels: [1] }],
    froc: [{ marks: [{ score: 0.5, lesions: [0] }], lesions: 1, images: 2 }],
    hausdorffDistance: [masks],
    mcnemar: [{ first: [true, false], second: [true, true] }],
    meanWithInterval: [[0.1, 0.2], { seed: 1 }],
    proportionInterval: [{ successes: 3, trials: 4 }],
    rocAuc: [scored, { maxFalsePositiveRate: 0.5 }],
    rocAucOneVersusRest: [several],
    summarizeCases: [cases, { labels: [1] }],
    surfaceMetrics: [masks],
    topKAccuracy: [several, { k: 2 }],
    youden: [scored],
  };
  expect(await faultsOfHostileCalls(metrics, { sound })).toEqual([]);
});
