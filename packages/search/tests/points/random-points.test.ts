import { expect, test } from '@jest/globals';
import { randomPoints } from '../../src/points/random-points.js';
import type { Space } from '../../src/space/space.js';

const space: Space = {
  rate: { from: 1e-4, to: 1, scale: 'log' },
  batch: { from: 1, to: 4, whole: true },
  recipe: { choices: ['a', 'b', 'c'] },
  momentum: { from: 0.8, to: 0.99, when: { recipe: ['a', 'b'] } },
};

test('the same seed gives the same points, and more points begin with fewer', () => {
  const ten = randomPoints(space, { points: 10, seed: 3 });
  expect(randomPoints(space, { points: 25, seed: 3 }).slice(0, 10)).toEqual(ten);
  expect(randomPoints(space, { points: 10, seed: 4 })).not.toEqual(ten);
});

test('values are within their ranges, even by their scale, and conditions hold', () => {
  const points = randomPoints(space, { points: 4000, seed: 0 });
  const rates = points.map(({ rate }) => rate as number);
  expect(Math.min(...rates)).toBeGreaterThanOrEqual(1e-4);
  expect(Math.max(...rates)).toBeLessThanOrEqual(1);
  for (const power of [-4, -3, -2, -1]) {
    const within = rates.filter((rate) => rate >= 10 ** power && rate < 10 ** (power + 1));
    // A quarter of 4,000, within five standard deviations.
    expect(Math.abs(within.length - 1000)).toBeLessThan(137);
  }
  for (const whole of [1, 2, 3, 4]) {
    expect(Math.abs(points.filter(({ batch }) => batch === whole).length - 1000)).toBeLessThan(137);
  }
  expect(points.every(({ recipe, momentum }) => (momentum === undefined) === (recipe === 'c'))).toBe(true);
});

test('a space of few points gives each once', () => {
  const few: Space = { a: { choices: [1, 2] }, b: { choices: [true, false], when: { a: [2] } } };
  const points = randomPoints(few, { points: 10, seed: 1 });
  expect(points).toHaveLength(3);
  expect(points).toEqual(expect.arrayContaining([{ a: 1 }, { a: 2, b: true }, { a: 2, b: false }]));
});

test('no points cannot be drawn', () => {
  expect(() => randomPoints(space, { points: 0, seed: 0 })).toThrow(
    expect.objectContaining({ code: 'points-invalid' }),
  );
});
