import { expect, test } from '@jest/globals';
import { drawsFrom } from '../src/index.js';

test('draws the same choices from the same seed', () => {
  const draws = drawsFrom(12345);
  expect(draws.between(-1, 1)).toBe(0.8592321856342957);
  expect(draws.whole(3, 9)).toBe(5);
  expect(draws.chance(0.5)).toBe(true);
  expect(draws.oneOf(['a', 'b', 'c'])).toBe('a');
  expect(draws.shuffled([1, 2, 3, 4, 5])).toEqual([1, 2, 4, 5, 3]);
});

test('keeps within its bounds and leaves what it shuffles as it is', () => {
  const draws = drawsFrom(1);
  const items = [1, 2, 3];
  const drawn = new Set<number>();
  for (let i = 0; i < 200; i += 1) {
    drawn.add(draws.whole(2, 4));
    expect(draws.shuffled(items).sort()).toEqual([1, 2, 3]);
  }
  expect([...drawn].sort()).toEqual([2, 3, 4]);
  expect(items).toEqual([1, 2, 3]);
});

test('refuses a seed that is none', () => {
  expect(() => drawsFrom(-1)).toThrow(expect.objectContaining({ code: 'bad-seed' }));
});
