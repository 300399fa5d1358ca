import { expect, test } from '@jest/globals';
import { scheduledLearningRate } from '../../src/training/learning-rate.js';
import { readGolden } from '../support/golden.js';

test("the step schedule gives PyTorch's StepLR(10, 0.1), number for number", () => {
  for (const [base, rates] of Object.entries(readGolden('steplr.json') as Record<string, number[]>)) {
    const ours = rates.map((_, epoch) => scheduledLearningRate({ stepSize: 10 }, Number(base), epoch, 50));
    expect(ours).toEqual(rates);
  }
});

test('the cosine schedule begins at the base rate and is half of it midway', () => {
  expect(scheduledLearningRate('cosine', 0.01, 0, 10)).toBe(0.01);
  expect(scheduledLearningRate('cosine', 0.01, 5, 10)).toBeCloseTo(0.005, 12);
});
