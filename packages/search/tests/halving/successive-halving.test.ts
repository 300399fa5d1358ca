import { expect, test } from '@jest/globals';
import { halvingRungs, successiveHalving } from '../../src/halving/successive-halving.js';

test('lengths grow by the factor and end with the last one; points shrink by it', () => {
  expect(halvingRungs({ points: 27, from: 1, to: 27 })).toEqual([
    { length: 1, points: 27 },
    { length: 3, points: 9 },
    { length: 9, points: 3 },
    { length: 27, points: 1 },
  ]);
  expect(halvingRungs({ points: 10, from: 2, to: 20, factor: 3 })).toEqual([
    { length: 2, points: 10 },
    { length: 7, points: 3 },
    { length: 20, points: 1 },
  ]);
  expect(halvingRungs({ points: 2, from: 5, to: 5 })).toEqual([{ length: 5, points: 2 }]);
});

test('the best points go on, in their own order, and the best of the last round is first', async () => {
  const calls: [number[], number][] = [];
  // Point 7 begins well and ends badly, point 3 is the best of the long trainings.
  const score = (point: number, length: number) => (point === 7 ? 10 - length : point === 3 ? 5 + length : point / 10);
  const rungs = await successiveHalving({ points: 8, from: 1, to: 4, factor: 2 }, (points, length) => {
    calls.push([[...points], length]);
    return Promise.resolve(points.map((point) => score(point, length)));
  });
  expect(calls).toEqual([
    [[0, 1, 2, 3, 4, 5, 6, 7], 1],
    [[3, 5, 6, 7], 2],
    [[3, 7], 4],
  ]);
  expect(rungs.at(-1)).toEqual({
    length: 4,
    ranking: [
      { point: 3, score: 9 },
      { point: 7, score: 6 },
    ],
  });
});

test('a point that failed does not go on, and equal scores go by the order of points', async () => {
  const rungs = await successiveHalving({ points: 4, from: 1, to: 2, factor: 2 }, (points) =>
    Promise.resolve(points.map((point) => (point < 2 ? undefined : 0.5))),
  );
  expect(rungs.map(({ ranking }) => ranking.map(({ point }) => point))).toEqual([
    [2, 3, 0, 1],
    [2, 3],
  ]);
  const none = await successiveHalving({ points: 2, from: 1, to: 2, factor: 2 }, (points) =>
    Promise.resolve(points.map(() => undefined)),
  );
  expect(none).toHaveLength(1);
});

test('what cannot be halved is refused', () => {
  expect(() => halvingRungs({ points: 4, from: 3, to: 2 })).toThrow(
    expect.objectContaining({ code: 'halving-invalid' }),
  );
  expect(() => halvingRungs({ points: 4, from: 1, to: 2, factor: 1 })).toThrow('by 1');
});
