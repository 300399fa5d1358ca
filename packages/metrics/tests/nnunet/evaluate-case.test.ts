import { expect, test } from '@jest/globals';
import { evaluateCase, summarizeCases } from '../../src/index.js';

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

test('adds labels and regions up in the order given, as the last bit shows', () => {
  const overlap = (Dice: number) => ({ Dice, FN: 0, FP: 0, IoU: Dice, TN: 0, TP: 0, n_pred: 0, n_ref: 0 });
  const metrics = { '(1, 2, 3)': overlap(0.2), '(2, 3)': overlap(0.3), '3': overlap(0.1) };
  const cases = [{ metrics, prediction_file: 'a.png', reference_file: 'a.png' }];
  const labels = [[1, 2, 3], [2, 3], 3];
  expect(summarizeCases(cases, { labels }).foreground_mean.Dice).toBe((0.2 + 0.3 + 0.1) / 3);
  expect(summarizeCases(cases).foreground_mean.Dice).toBe((0.1 + 0.2 + 0.3) / 3);
  expect((0.2 + 0.3 + 0.1) / 3).not.toBe((0.1 + 0.2 + 0.3) / 3);
});

test('masks of different lengths are refused', () => {
  expect(() => evaluateCase({ reference: [1], prediction: [1, 0], labels: [1] })).toThrow('The reference has 1 voxels');
});
