import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { scheduledLearningRate } from '../../src/index.js';

const steps = new URL('../fixtures/steplr.json', import.meta.url);

test("the step schedule gives PyTorch's StepLR(10, 0.1), number for number", () => {
  const expected = JSON.parse(readFileSync(steps, 'utf8')) as Record<string, number[]>;
  for (const [base, rates] of Object.entries(expected)) {
    const ours = rates.map((_, epoch) => scheduledLearningRate({ stepSize: 10 }, Number(base), epoch, 50));
    expect(ours).toEqual(rates);
  }
});

test('the cosine schedule begins at the base rate and is half of it midway', () => {
  expect(scheduledLearningRate('cosine', 0.01, 0, 10)).toBe(0.01);
  expect(scheduledLearningRate('cosine', 0.01, 5, 10)).toBeCloseTo(0.005, 12);
});

test("the poly schedule is nnU-Net's: a power of the epochs that are left", () => {
  expect(scheduledLearningRate('poly', 0.01, 0, 1000)).toBe(0.01);
  expect(scheduledLearningRate('poly', 0.01, 500, 1000)).toBeCloseTo(0.01 * 0.5 ** 0.9, 15);
});

test('the cosine schedule with a warm-up rises along a line, reaches the base rate and falls to 0', () => {
  const rates = Array.from({ length: 13 }, (_, step) => scheduledLearningRate({ warmUp: 4 }, 0.8, step, 12));
  expect(rates.slice(0, 5)).toEqual([0.2, 0.4, expect.closeTo(0.6, 12), 0.8, 0.8]);
  expect(rates[8]).toBeCloseTo(0.4, 12);
  expect(rates[12]).toBeCloseTo(0, 12);
  expect(scheduledLearningRate({ warmUp: 0 }, 0.8, 3, 12)).toBe(scheduledLearningRate('cosine', 0.8, 3, 12));
});
