import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { evaluateCase, MetricsError, RunningStatistics, RunningSummary, summarizeCases } from '../../src/index.js';

test('numbers of nested results are found under their paths, undefined ones counted apart', () => {
  const statistics = new RunningStatistics();
  statistics.add({ dice: 0.5, hausdorff: { '95': 2 }, convention: 'nnunet' });
  statistics.add({ dice: NaN, hausdorff: { '95': 4 }, convention: 'nnunet' });
  const { dice, ...rest } = statistics.summary();
  expect(dice).toMatchObject({ count: 1, missing: 1, mean: 0.5, min: 0.5, max: 0.5, standardDeviation: NaN });
  expect(rest).toEqual({
    'hausdorff.95': { count: 2, missing: 0, sum: 6, mean: 3, standardDeviation: Math.SQRT2, min: 2, max: 4 },
  });
});

test('an infinite distance makes an infinite mean', () => {
  const statistics = new RunningStatistics();
  for (const distance of [1, Infinity, 2]) {
    statistics.add({ distance });
  }
  expect(statistics.summary().distance).toMatchObject({ count: 3, mean: Infinity, min: 1, max: Infinity });
});

test('small numbers after large ones are not lost', () => {
  const statistics = new RunningStatistics();
  for (const value of [1e16, 1, 1, 1, 1, -1e16]) {
    statistics.add({ value });
  }
  expect(statistics.summary().value.sum).toBe(4);
});

test('shared out and merged, statistics are those of all cases', () => {
  const values = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(values, values, (first, second) => {
      const [a, b, whole] = [new RunningStatistics(), new RunningStatistics(), new RunningStatistics()];
      for (const value of first) {
        a.add({ value });
      }
      for (const value of second) {
        b.add({ value });
      }
      for (const value of [...first, ...second]) {
        whole.add({ value });
      }
      a.merge(b);
      const [merged, expected] = [a.summary().value, whole.summary().value];
      expect(merged.count).toBe(expected.count);
      expect([merged.min, merged.max]).toEqual([expected.min, expected.max]);
      expect(Math.abs(merged.mean - expected.mean)).toBeLessThan(1e-9);
      if (expected.count > 1) {
        expect(Math.abs(merged.standardDeviation - expected.standardDeviation)).toBeLessThan(1e-6);
      }
    }),
  );
});

test("nnU-Net's means of ten thousand cases need none of them", () => {
  const running = new RunningSummary();
  const cases = Array.from({ length: 50 }, (_, i) =>
    evaluateCase({ reference: [1, 1, i % 3, 0], prediction: [1, i % 2, 2, 0], labels: [1, 2] }),
  );
  for (let i = 0; i < 10_000; i += 1) {
    running.add(cases[i % cases.length]);
  }
  const { mean, foreground_mean } = running.summary();
  const expected = summarizeCases(cases);
  expect(mean['1'].Dice).toBeCloseTo(expected.mean['1'].Dice, 12);
  expect(foreground_mean.IoU).toBeCloseTo(expected.foreground_mean.IoU, 12);
});

test('cases with other labels are refused, and so is a summary of nothing', () => {
  const running = new RunningSummary();
  expect(() => running.summary()).toThrow(MetricsError);
  const first = evaluateCase({ reference: [1], prediction: [1], labels: [1] });
  const other = evaluateCase({ reference: [1], prediction: [1], labels: [2], predictionFile: 'b.png' });
  running.add(first);
  for (const wrong of [
    () => {
      running.add(other);
    },
    () => summarizeCases([first, other]),
  ]) {
    expect(wrong).toThrow('The case b.png has the labels 2');
  }
});
