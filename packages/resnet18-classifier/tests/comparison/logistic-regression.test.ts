import { expect, test } from '@jest/globals';
import { fitLogisticRegression, predictLogistic } from '../../src/comparison/logistic-regression.js';

const features = [
  [0.1, 2],
  [0.4, 1],
  [0.35, 3.5],
  [0.8, 0.5],
  [0.9, 2.5],
  [0.2, 0.1],
  [0.7, 3],
  [0.6, 1.5],
];
const labels = [0, 0, 1, 1, 1, 0, 1, 0];

test("weights are those of scikit-learn's LogisticRegression(C=1) of standardised features, in the features' units", () => {
  const { intercept, weights } = fitLogisticRegression(features, labels);
  expect(intercept).toBeCloseTo(-3.0112379161389566, 6);
  expect(weights[0]).toBeCloseTo(3.5799488785614093, 6);
  expect(weights[1]).toBeCloseTo(0.667031503977954, 6);
});

test('it does not depend on the units of the features', () => {
  const fitted = fitLogisticRegression(features, labels);
  const scaled = features.map(([a, b]) => [1000 * a + 7, b / 1000]);
  const other = fitLogisticRegression(scaled, labels);
  features.forEach((row, i) => {
    expect(predictLogistic(other, scaled[i])).toBeCloseTo(predictLogistic(fitted, row), 9);
  });
});

test('features that tell the classes apart, or are constant, do no harm', () => {
  const { weights } = fitLogisticRegression(
    labels.map((label) => [label * 50, 3]),
    labels,
  );
  expect(weights.every(Number.isFinite)).toBe(true);
  expect(weights[1]).toBe(0);
});
