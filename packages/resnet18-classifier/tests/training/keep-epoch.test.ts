import { expect, test } from '@jest/globals';
import { isKept, validationAuc } from '../../src/training/keep-epoch.js';

const entry = (validationLoss: number, auc: number | null) => ({
  epoch: 1,
  trainLoss: 1,
  trainAccuracy: 0.5,
  validationLoss,
  validationAccuracy: 0.5,
  validationAuc: auc,
  learningRate: 0.1,
  seconds: 1,
});
const best = entry(0.5, 0.8);

test.each([
  ['last', entry(0.1, 0.9), false],
  ['lowest-loss', entry(0.4, 0.1), true],
  ['lowest-loss', entry(0.5, 0.9), false],
  ['highest-auc', entry(0.9, 0.81), true],
  ['highest-auc', entry(0.1, 0.79), false],
  ['highest-auc', entry(0.4, 0.8), true],
  ['highest-auc', entry(0.4, null), true],
] as const)('by the rule %s an epoch of %j after one of loss 0.5 and AUC 0.8: %s', (rule, own, expected) => {
  expect(isKept(rule, own, { best, isLast: false })).toBe(expected);
});

test('the first epoch is kept by any rule but that of the last, and the last by that alone', () => {
  const first = { best: undefined, isLast: false };
  expect([isKept('lowest-loss', best, first), isKept('highest-auc', best, first)]).toEqual([true, true]);
  expect(isKept('last', best, first)).toBe(false);
  expect(isKept('last', entry(9, 0), { best, isLast: true })).toBe(true);
});

test('the AUC is that of the second of two classes, a mean over more, and null where a class is absent', () => {
  const logits = [0, 1, 2, 3].map((value) => [0, value]);
  expect(validationAuc({ labels: [0, 1, 0, 1], logits })).toBe(0.75);
  expect(validationAuc({ labels: [1, 1, 1, 1], logits })).toBeNull();
  const three = [
    [3, 0, 0],
    [0, 3, 0],
    [0, 0, 3],
  ];
  expect(validationAuc({ labels: [0, 1, 2], logits: three })).toBe(1);
});
