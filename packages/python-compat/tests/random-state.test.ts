import { expect, test } from '@jest/globals';
import { RandomState } from '../src/index.js';
import { golden } from './golden.js';

const times = <T>(count: number, draw: () => T): T[] => Array.from({ length: count }, draw);

test.each(golden.cases)('seed $seed draws what numpy draws, in any mixture', (expected) => {
  const random = new RandomState(expected.seed);
  expect(times(4, () => random.randomSample())).toEqual(expected.randomSample);
  expect(times(3, () => random.uniform(-3, 7))).toEqual(expected.uniform);
  for (const [low, high, drawn] of expected.randint) {
    expect(random.randint(low, high)).toBe(drawn);
  }
  expect(random.permutation(23)).toEqual(expected.permutation);
  expect(random.shuffle('abcdefghij'.split(''))).toEqual(expected.shuffle);
  expect(times(4, () => random.choice(9))).toEqual(expected.choice);
  expect(times(6, () => random.choice(3, [0.2, 0.5, 0.3]))).toEqual(expected.weighted);
  expect(random.choices(50, 6)).toEqual(expected.choices);
  expect(random.choices(50, 6, { replace: false })).toEqual(expected.distinct);
  const normal = times(5, () => random.normal(2, 3));
  normal.forEach((value, index) => {
    expect(value).toBeCloseTo(expected.normal[index], 13);
  });
});

test('goes on beyond the first 624 words of state', () => {
  const random = new RandomState(7);
  expect(times(1300, () => random.randint(0, 2 ** 32)).slice(-5)).toEqual(golden.state700);
});

test.each([-1, 1.5, 2 ** 32, Number.NaN])('refuses the seed %p', (seed) => {
  expect(() => new RandomState(seed)).toThrow(expect.objectContaining({ code: 'bad-seed' }));
});

test('refuses to draw from nothing', () => {
  const random = new RandomState(0);
  const empty = expect.objectContaining({ code: 'empty-range' });
  expect(() => random.randint(3, 3)).toThrow(empty);
  expect(() => random.choice(0)).toThrow(empty);
  expect(() => random.choices(2, 3, { replace: false })).toThrow(empty);
});

test('counting choices gives the numbers that drawing them one by one gives', () => {
  for (const count of [1, 2, 70, 1000, 65_537]) {
    const [counting, drawing] = [new RandomState(1234), new RandomState(1234)];
    const counts = counting.countChoices(count, 5000);
    const expected = new Uint32Array(count);
    for (const index of drawing.choices(count, 5000)) {
      expected[index] += 1;
    }
    expect(counts).toEqual(expected);
    expect(counting.randomSample()).toBe(drawing.randomSample());
  }
});

test('generators of a recorded seed draw what others draw, also beyond what is recorded', () => {
  const seed = RandomState.record(1234);
  const alone = new RandomState(1234);
  const [first, second] = [new RandomState(seed), new RandomState(seed)];
  const recordedWords = 4096 * 624;
  const counts = alone.countChoices(8, recordedWords + 1000);
  expect(first.countChoices(8, recordedWords + 1000)).toEqual(counts);
  expect(second.permutation(100)).toEqual(new RandomState(1234).permutation(100));
  expect(first.permutation(700)).toEqual(alone.permutation(700));
  expect(second.countChoices(8, recordedWords + 1000).reduce((sum, count) => sum + count)).toBe(recordedWords + 1000);
});
