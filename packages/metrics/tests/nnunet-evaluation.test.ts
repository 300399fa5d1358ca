import { expect, test } from '@jest/globals';
import { evaluateCase, summarizeCases } from '../src/index.js';

test('counts voxels of labels and regions, and leaves the ignore label out', () => {
  const reference = [0, 1, 1, 2, 2, 3];
  const prediction = [0, 1, 2, 2, 0, 1];
  const { metrics } = evaluateCase({ reference, prediction, labels: [1, [1, 2]], ignoreLabel: 3 });
  expect(metrics['1']).toEqual({ Dice: 2 / 3, FN: 1, FP: 0, IoU: 0.5, TN: 3, TP: 1, n_pred: 1, n_ref: 2 });
  expect(metrics['(1, 2)']).toMatchObject({ TP: 3, FN: 1, FP: 0, TN: 1 });
});

test('a label that is nowhere has no Dice, and takes the foreground mean with it', () => {
  const cases = [
    evaluateCase({ reference: [1, 0], prediction: [1, 0], labels: [1, 2] }),
    evaluateCase({ reference: [0, 0], prediction: [0, 0], labels: [1, 2] }),
  ];
  const { mean, foreground_mean } = summarizeCases(cases);
  expect(mean['1'].Dice).toBe(1);
  expect(mean['1'].TP).toBe(0.5);
  expect(mean['2'].Dice).toBeNaN();
  expect(foreground_mean.Dice).toBeNaN();
  expect(foreground_mean.TN).toBe(1.75);
});

test('masks of different lengths are refused', () => {
  expect(() => evaluateCase({ reference: [1], prediction: [1, 0], labels: [1] })).toThrow('the reference has 1 voxels');
});
