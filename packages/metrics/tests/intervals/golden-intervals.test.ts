import { expect, test } from '@jest/globals';
import {
  bootstrapInterval,
  clopperPearsonInterval,
  delongInterval,
  delongTest,
  mcnemar,
  pairedBootstrap,
  proportionInterval,
  wilsonInterval,
} from '../../src/index.js';
import { normalQuantile } from '../../src/intervals/normal.js';
import { readReference } from '../golden.js';

interface Vectors {
  proportions: {
    name: string;
    successes: number;
    trials: number;
    alpha: number;
    expected: Record<
      | 'wilson'
      | 'beta'
      | 'agresti_coull'
      | 'jeffreys'
      | 'normal'
      | 'scipyWilson'
      | 'scipyWilsonContinuity'
      | 'scipyExact',
      number[]
    >;
  }[];
  mcnemar: { name: string; table: number[][]; expected: { exact: { p: number } } }[];
  normal: { p: number[]; expected: number[] }[];
}
const vectors = () => readReference('libraries/intervals.json') as Vectors;

test('intervals of proportions equal those of statsmodels and scipy', () => {
  for (const { name, successes, trials, alpha, expected } of vectors().proportions) {
    const proportion = { successes, trials, confidence: 1 - alpha };
    for (const [interval, bounds] of [
      [wilsonInterval(proportion), expected.wilson],
      [wilsonInterval(proportion), expected.scipyWilson],
      [clopperPearsonInterval(proportion), expected.beta],
      [clopperPearsonInterval(proportion), expected.scipyExact],
      [proportionInterval(proportion), expected.wilson],
      [proportionInterval({ ...proportion, method: 'agresti-coull' }), expected.agresti_coull],
      [proportionInterval({ ...proportion, method: 'jeffreys' }), expected.jeffreys],
      [proportionInterval({ ...proportion, method: 'normal' }), expected.normal],
      [proportionInterval({ ...proportion, method: 'wilson-continuity' }), expected.scipyWilsonContinuity],
    ] as const) {
      const far = Math.max(Math.abs(interval.lower - bounds[0]), Math.abs(interval.upper - bounds[1]));
      expect({ name, method: interval.method, close: far < 1e-9 }).toEqual({
        name,
        method: interval.method,
        close: true,
      });
    }
  }
});

test("McNemar's exact p equals that of statsmodels", () => {
  for (const { name, table, expected } of vectors().mcnemar) {
    const [[both, onlyFirst], [onlySecond, neither]] = table;
    const repeat = (first: boolean, second: boolean, times: number) =>
      Array.from({ length: times }, () => ({ first, second }));
    const items = [
      ...repeat(true, true, both),
      ...repeat(true, false, onlyFirst),
      ...repeat(false, true, onlySecond),
      ...repeat(false, false, neither),
    ];
    const result = mcnemar({ first: items.map(({ first }) => first), second: items.map(({ second }) => second) });
    expect({ name, close: Math.abs(result.p - expected.exact.p) < 1e-9 }).toEqual({ name, close: true });
  }
});

test('normal quantiles equal those of scipy', () => {
  for (const { p, expected } of vectors().normal) {
    p.forEach((level, i) => {
      expect(Math.abs(normalQuantile(level) - expected[i])).toBeLessThan(1e-12);
    });
  }
});

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const values = Array.from({ length: 60 }, (_, i) => Math.sin(i) + i / 30);

test.each(['percentile', 'bca'] as const)('a %s bootstrap of a mean comes close to the normal interval', (method) => {
  const { value, lower, upper } = bootstrapInterval({ cases: values, statistic: mean, seed: 7, method });
  const deviation = Math.sqrt(mean(values.map((x) => (x - value) ** 2)));
  const half = (1.96 * deviation) / Math.sqrt(values.length);
  expect(Math.abs(lower - (value - half))).toBeLessThan(0.05);
  expect(Math.abs(upper - (value + half))).toBeLessThan(0.05);
});

test('the same seed gives the same interval, another one another', () => {
  const draw = (seed: number) => bootstrapInterval({ cases: values, statistic: mean, seed, resamples: 200 });
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1).lower).not.toBe(draw(2).lower);
});

test('drawing whole groups of copies widens the interval', () => {
  const copied = values.flatMap((value) => [value, value, value, value]);
  const groups = copied.map((_, i) => Math.floor(i / 4));
  const width = ({ lower, upper }: { lower: number; upper: number }) => upper - lower;
  const alone = bootstrapInterval({ cases: copied, statistic: mean, seed: 3 });
  const grouped = bootstrapInterval({ cases: copied, statistic: mean, groups, seed: 3 });
  expect(width(grouped) / width(alone)).toBeGreaterThan(1.7);
});

test('a difference between a statistic and itself has the interval 0 to 0', () => {
  expect(pairedBootstrap({ cases: values, first: mean, second: mean })).toMatchObject({ value: 0, lower: 0, upper: 0 });
});

test("DeLong's interval holds the AUC and his test finds no difference between equal scores", () => {
  const labels = values.map((_, i) => i % 2);
  const scores = values.map((value, i) => value + (i % 2));
  const { value, lower, upper } = delongInterval({ labels, scores });
  expect(lower).toBeLessThan(value);
  expect(upper).toBeGreaterThan(value);
  expect(delongTest({ labels, first: scores, second: scores })).toEqual({ difference: 0, z: 0, p: 1 });
});
