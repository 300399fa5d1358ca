import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  accuracy,
  averagePrecision,
  calibrationError,
  confusionMatrix,
  delongInterval,
  diagnosticAccuracy,
  MetricsError,
  precisionRecall,
  rocAuc,
  rocCurve,
} from '../../src/index.js';

const score = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const scoredOf = (of: fc.Arbitrary<number>, maxLength = 60) =>
  fc
    .array(fc.tuple(fc.constantFrom(0, 1), of), { minLength: 1, maxLength })
    .map((items) => ({ labels: items.map(([label]) => label), scores: items.map(([, value]) => value) }));
const close = (a: number, b: number) => (Number.isNaN(a) && Number.isNaN(b)) || Math.abs(a - b) < 1e-9;

test('the AUC is that of all pairs, whatever grows with the score', () => {
  fc.assert(
    fc.property(scoredOf(fc.integer({ min: -5, max: 5 })), ({ labels, scores }) => {
      const [high, low] = [1, 0].map((label) => scores.filter((_, i) => labels[i] === label));
      const pairs = high.flatMap((a) => low.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)));
      const expected = pairs.reduce((sum: number, value) => sum + value, 0) / pairs.length;
      const auc = rocAuc({ labels, scores });
      expect(close(auc, expected)).toBe(true);
      expect(close(rocAuc({ labels, scores: scores.map((value) => Math.atan(value / 3)) }), expected)).toBe(true);
      expect(
        close(rocAuc({ labels: labels.map((label) => 1 - label), scores: scores.map((value) => -value) }), auc),
      ).toBe(true);
    }),
  );
});

test('equal weights change nothing, and a weight of two is an item twice', () => {
  fc.assert(
    fc.property(scoredOf(score), ({ labels, scores }) => {
      const weights = labels.map((_, i) => 1 + (i % 2));
      const twice = <T>(items: T[]) => items.flatMap((item, i) => new Array<T>(weights[i]).fill(item));
      const repeated = { labels: twice(labels), scores: twice(scores) };
      for (const measure of [rocAuc, averagePrecision]) {
        expect(close(measure({ labels, scores, weights }), measure(repeated))).toBe(true);
        expect(close(measure({ labels, scores, weights: labels.map(() => 3) }), measure({ labels, scores }))).toBe(
          true,
        );
      }
    }),
  );
});

test('curves rise from corner to corner and rates stay within 0 and 1', () => {
  fc.assert(
    fc.property(scoredOf(score), ({ labels, scores }) => {
      fc.pre(labels.includes(0) && labels.includes(1));
      const { falsePositiveRate, truePositiveRate } = rocCurve({ labels, scores });
      for (const rates of [falsePositiveRate, truePositiveRate]) {
        expect([rates[0], rates.at(-1)]).toEqual([0, 1]);
        expect(rates.every((rate, i) => i === 0 || rate >= rates[i - 1])).toBe(true);
      }
      const { lower, upper } = delongInterval({ labels, scores });
      const auc = rocAuc({ labels, scores });
      if (!Number.isNaN(lower)) {
        expect(lower <= auc + 1e-12 && auc <= upper + 1e-12).toBe(true);
      }
    }),
  );
});

test('relabelling classes moves rows and columns only; averages stay', () => {
  const classes = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })), {
    minLength: 1,
    maxLength: 50,
  });
  fc.assert(
    fc.property(classes, (items) => {
      const given = {
        labels: items.map(([label]) => label),
        predictions: items.map(([, other]) => other),
        classes: [0, 1, 2, 3],
      };
      const turned = { ...given, classes: [2, 0, 3, 1] };
      expect(confusionMatrix(turned)[0][1]).toBe(confusionMatrix(given)[2][0]);
      expect(accuracy(turned)).toBeCloseTo(accuracy(given), 12);
      const [a, b] = [precisionRecall(given), precisionRecall(turned)];
      expect(b.macro.fScore).toBeCloseTo(a.macro.fScore, 12);
      expect(a.micro.fScore).toBeCloseTo(accuracy(given), 12);
    }),
  );
});

test('calibration errors are ordered: mean, root mean square, largest', () => {
  fc.assert(
    fc.property(scoredOf(fc.double({ min: 0, max: 1, noNaN: true })), (scored) => {
      const { expected, rootMeanSquare, maximum } = calibrationError(scored);
      expect(expected <= rootMeanSquare + 1e-12 && rootMeanSquare <= maximum + 1e-12 && maximum <= 1).toBe(true);
    }),
  );
});

test('whatever is given, the answer is a number or a typed error', () => {
  const anything = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(0, 1, NaN, Infinity, -Infinity));
  const lists = fc.array(anything, { maxLength: 12 });
  fc.assert(
    fc.property(lists, lists, lists, (labels, scores, weights) => {
      for (const call of [
        () => rocAuc({ labels, scores }),
        () => rocAuc({ labels, scores, weights }),
        () => averagePrecision({ labels, scores }),
        () => diagnosticAccuracy({ labels, scores }).accuracy.value,
        () => calibrationError({ labels, scores }).expected,
        () => accuracy({ labels, predictions: scores }),
        () => precisionRecall({ labels, predictions: scores, weights }).macro.fScore,
      ]) {
        try {
          expect(typeof call()).toBe('number');
        } catch (error) {
          expect(MetricsError.isInstance(error)).toBe(true);
        }
      }
    }),
    { numRuns: 500 },
  );
});
