import { expect, test } from '@jest/globals';
import { fitTemperature, reliabilityCurve } from '../../src/index.js';

const logits = [
  [2, -1, 0.5],
  [0.3, 0.1, -0.7],
  [-1.2, 2.5, 1],
  [4, 0, -3],
  [0.5, 1.5, 0.25],
  [1, -2, 3],
];

test('the temperature is the one that torch.optim.LBFGS finds for the cross-entropy of logits / T', () => {
  expect(fitTemperature({ labels: [0, 1, 1, 0, 2, 2], logits })).toBeCloseTo(0.8792568720781898, 6);
});

test('logits that are all right get the least temperature, logits that say nothing the largest', () => {
  const right = logits.map((row) => row.indexOf(Math.max(...row)));
  expect(fitTemperature({ labels: right, logits })).toBeCloseTo(0.01, 6);
  const wrong = logits.map((row) => row.indexOf(Math.min(...row)));
  expect(fitTemperature({ labels: wrong, logits })).toBeCloseTo(100, 3);
});

test('logits are divided: ten times as large ones have ten times the temperature', () => {
  const labels = [0, 1, 1, 0, 2, 2];
  const larger = logits.map((row) => row.map((value) => 10 * value));
  expect(fitTemperature({ labels, logits: larger })).toBeCloseTo(10 * fitTemperature({ labels, logits }), 6);
});

test.each([
  ['no-cases', [], []],
  ['length-mismatch', [0], []],
  ['label-invalid', [3], [[1, 2, 3]]],
  ['score-invalid', [0], [[NaN, 1]]],
])('%s is refused', (code, labels, rows) => {
  expect(() => fitTemperature({ labels, logits: rows })).toThrow(expect.objectContaining({ code }));
});

test('a bin of the reliability curve has its frequency with the interval of Wilson', () => {
  const scores = [0.12, 0.14, 0.16, 0.18, 0.91, 0.93, 0.95];
  const [low, high] = reliabilityCurve({ labels: [0, 0, 1, 0, 1, 1, 1], scores });
  expect(low).toMatchObject({ items: 4, frequency: 0.25, confidence: expect.closeTo(0.15, 10) as unknown });
  // statsmodels: proportion_confint(1, 4, method='wilson')
  expect([low.interval.lower, low.interval.upper]).toEqual([expect.closeTo(0.0456, 4), expect.closeTo(0.6994, 4)]);
  expect(high.interval.upper).toBe(1);
  expect(high.interval.lower).toBeCloseTo(0.4385, 4);
});
