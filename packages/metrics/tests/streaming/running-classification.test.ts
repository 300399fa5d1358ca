import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  accuracy,
  averagePrecision,
  balancedAccuracy,
  brierScore,
  cohenKappa,
  confusionMatrix,
  matthewsCorrelation,
  precisionRecall,
  precisionRecallCurve,
  rocAuc,
  rocCurve,
  RunningConfusion,
  RunningScores,
} from '../../src/index.js';

/** Items, and where they are cut into three batches. */
const batched = <Item>(item: fc.Arbitrary<Item>) =>
  fc.tuple(fc.array(item, { minLength: 1, maxLength: 40 }), fc.nat(40), fc.nat(40)).map(([items, a, b]) => {
    const [first, second] = [Math.min(a, b), Math.max(a, b)];
    return { items, batches: [items.slice(0, first), items.slice(first, second), items.slice(second)] };
  });
/** The first two batches go into one, the last into another, which is then merged. */
function run<Item, Batch, Running extends { add(batch: Batch): void; merge(other: Running): void }>(
  batches: Item[][],
  create: () => Running,
  columns: (items: Item[]) => Batch,
): Running {
  const [one, other] = [create(), create()];
  batches.forEach((items, i) => {
    (i < 2 ? one : other).add(columns(items));
  });
  one.merge(other);
  return one;
}

const classified = (items: (readonly [number, number])[]) => ({
  labels: items.map(([label]) => label),
  predictions: items.map(([, prediction]) => prediction),
});

test('a confusion matrix of batches is that of all items, and so is all that comes of it', () => {
  const item = fc.tuple(fc.integer({ min: -1, max: 3 }), fc.integer({ min: -1, max: 3 }));
  fc.assert(
    fc.property(batched(item), ({ items, batches }) => {
      const running = run(batches, () => new RunningConfusion(), classified);
      const whole = classified(items);
      expect(running.matrix()).toEqual(confusionMatrix(whole));
      for (const measure of [accuracy, balancedAccuracy, cohenKappa, matthewsCorrelation, precisionRecall]) {
        expect(measure(running.classified())).toEqual(measure(whole));
      }
    }),
  );
});

test('named classes stay, also those that do not occur; others are refused and nothing of their batch is kept', () => {
  const running = new RunningConfusion({ classes: [2, 0, 1] });
  running.add({ labels: [0, 2], predictions: [0, 0], weights: [1, 0.5] });
  expect(() => {
    running.add({ labels: [0, 7], predictions: [0, 0] });
  }).toThrow(expect.objectContaining({ name: 'MetricsError', code: 'label-invalid' }));
  expect(running.matrix()).toEqual([
    [0, 0.5, 0],
    [0, 1, 0],
    [0, 0, 0],
  ]);
  expect(new RunningConfusion().matrix()).toEqual([]);
});

const scored = (items: (readonly [number, number])[]) => ({
  labels: items.map(([label]) => label),
  scores: items.map(([, score]) => score),
});

test('curves and areas of batches are those of all items, to the bit', () => {
  const item = fc.tuple(
    fc.constantFrom(0, 1),
    fc.integer({ min: -4, max: 4 }).map((score) => score / 8 + 0.5),
  );
  fc.assert(
    fc.property(batched(item), ({ items, batches }) => {
      const running = run(batches, () => new RunningScores(), scored);
      const whole = scored(items);
      for (const measure of [rocAuc, averagePrecision, rocCurve, precisionRecallCurve]) {
        expect(measure(running.scored())).toEqual(measure(whole));
      }
      expect(brierScore(running.scored())).toBeCloseTo(brierScore(whole), 12);
    }),
  );
});

test('a refused batch of scores leaves no trace, and items of no weight neither', () => {
  const running = new RunningScores();
  running.add({ labels: [1, 0], scores: [0.5, 0.25], weights: [2, 0] });
  for (const [batch, code] of [
    [{ labels: [1, 1], scores: [0.1, NaN] }, 'score-invalid'],
    [{ labels: [1, 2], scores: [0.1, 0.2] }, 'label-invalid'],
    [{ labels: [1], scores: [] }, 'length-mismatch'],
    [{ labels: [1], scores: [1], weights: [-1] }, 'weight-invalid'],
  ] as const) {
    expect(() => {
      running.add(batch);
    }).toThrow(expect.objectContaining({ name: 'MetricsError', code }));
  }
  expect(running.scored()).toEqual({ labels: [1], scores: [0.5], weights: [2] });
});
