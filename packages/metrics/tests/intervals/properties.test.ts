import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  bootstrapInterval,
  delongInterval,
  delongTest,
  mcnemar,
  MetricsError,
  pairedBootstrap,
  proportionInterval,
  rocAuc,
  type Interval,
  type ProportionMethod,
} from '../../src/index.js';

const methods: ProportionMethod[] = [
  'wilson',
  'wilson-continuity',
  'clopper-pearson',
  'agresti-coull',
  'jeffreys',
  'normal',
];
const proportion = fc
  .tuple(fc.integer({ min: 1, max: 300 }), fc.nat(300), fc.double({ min: 0.5, max: 0.999, noNaN: true }))
  .map(([trials, drawn, confidence]) => ({ trials, successes: drawn % (trials + 1), confidence }));

test.each(methods)('%s: bounds lie in 0 to 1, in order, and turn about with success and failure', (method) => {
  fc.assert(
    fc.property(proportion, ({ successes, trials, confidence }) => {
      const { value, lower, upper } = proportionInterval({ successes, trials, confidence, method });
      const other = proportionInterval({ successes: trials - successes, trials, confidence, method });
      expect(lower).toBeGreaterThanOrEqual(0);
      expect(upper).toBeLessThanOrEqual(1);
      expect(lower).toBeLessThanOrEqual(upper);
      // Jeffreys' leaves out the ends themselves.
      if (method !== 'jeffreys') {
        expect(lower <= value && value <= upper).toBe(true);
      }
      expect(other.lower).toBeCloseTo(1 - upper, 9);
      expect(other.upper).toBeCloseTo(1 - lower, 9);
    }),
  );
});

test.each(methods)('%s: more confidence is wider', (method) => {
  fc.assert(
    fc.property(proportion, (given) => {
      const narrow = proportionInterval({ ...given, method });
      const wide = proportionInterval({ ...given, method, confidence: (1 + given.confidence) / 2 });
      expect(wide.lower).toBeLessThanOrEqual(narrow.lower + 1e-12);
      expect(wide.upper).toBeGreaterThanOrEqual(narrow.upper - 1e-12);
    }),
  );
});

test.each(methods)('%s: without a trial everything is possible', (method) => {
  expect(proportionInterval({ successes: 0, trials: 0, method })).toMatchObject({ value: NaN, lower: 0, upper: 1 });
});

const scored = fc
  .array(fc.tuple(fc.integer({ min: -6, max: 6 }), fc.integer({ min: -6, max: 6 }), fc.boolean()), {
    minLength: 4,
    maxLength: 40,
  })
  .map((items) => ({
    labels: items.map(([, , positive], i) => (i < 4 ? i % 2 : Number(positive))),
    first: items.map(([score]) => score),
    second: items.map(([, score]) => score),
  }));

test("DeLong's interval is about the AUC and does not change with what grows with the score", () => {
  fc.assert(
    fc.property(scored, ({ labels, first }) => {
      const interval = delongInterval({ labels, scores: first });
      expect(interval.value).toBeCloseTo(rocAuc({ labels, scores: first }), 12);
      expect(interval.lower).toBeLessThanOrEqual(interval.value);
      expect(interval.upper).toBeGreaterThanOrEqual(interval.value);
      const stretched = delongInterval({ labels, scores: first.map((score) => Math.exp(score)) });
      expect(stretched).toEqual(interval);
    }),
  );
});

test("DeLong's test and McNemar's do not prefer the first", () => {
  fc.assert(
    fc.property(scored, ({ labels, first, second }) => {
      const [one, other] = [
        delongTest({ labels, first, second }),
        delongTest({ labels, first: second, second: first }),
      ];
      expect(other.difference).toBeCloseTo(-one.difference, 12);
      // Where both rank all but alike the variance is rounding.
      if (Number.isFinite(one.z) && Math.abs(one.z) < 1e6) {
        expect(other.p).toBeCloseTo(one.p, 9);
      }
      const [right, also] = [first, second].map((scores) => scores.map((score) => score > 0));
      for (const method of ['exact', 'chi-squared', 'chi-squared-corrected'] as const) {
        const forth = mcnemar({ first: right, second: also }, { method });
        const back = mcnemar({ first: also, second: right }, { method });
        expect([back.p, back.onlyFirst, back.onlySecond]).toEqual([forth.p, forth.onlySecond, forth.onlyFirst]);
        expect(forth.p >= 0 && forth.p <= 1).toBe(true);
      }
    }),
  );
});

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test.each(['percentile', 'bca'] as const)('a %s bootstrap moves and stretches with the values', (method) => {
  const whole = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 12 });
  fc.assert(
    fc.property(whole, fc.integer({ min: -8, max: 8 }), (values, shift) => {
      const draw = (cases: number[]): Interval =>
        bootstrapInterval({ cases, statistic: mean, resamples: 100, seed: 5, method });
      const plain = draw(values);
      const moved = draw(values.map((value) => 4 * value + shift));
      expect(plain.lower).toBeLessThanOrEqual(plain.upper);
      expect(plain.lower).toBeGreaterThanOrEqual(Math.min(...values) - 1e-12);
      expect(plain.upper).toBeLessThanOrEqual(Math.max(...values) + 1e-12);
      if (method === 'percentile') {
        expect(moved.lower).toBeCloseTo(4 * plain.lower + shift, 9);
      }
      const turned = pairedBootstrap({ cases: values, first: mean, second: () => 0, resamples: 100, seed: 5, method });
      expect([turned.lower, turned.upper]).toEqual([plain.lower, plain.upper]);
    }),
    { numRuns: 40 },
  );
});

const cases = [1, 2, 3];
test.each([
  [() => bootstrapInterval({ cases: [], statistic: mean }), 'no-cases'],
  [() => bootstrapInterval({ cases, statistic: mean, groups: [1] }), 'length-mismatch'],
  [() => bootstrapInterval({ cases, statistic: mean, confidence: 1 }), 'option-invalid'],
  [() => bootstrapInterval({ cases, statistic: mean, confidence: NaN }), 'option-invalid'],
  [() => bootstrapInterval({ cases, statistic: mean, resamples: 0 }), 'option-invalid'],
  [() => bootstrapInterval({ cases, statistic: mean, resamples: Infinity }), 'option-invalid'],
  [() => delongInterval({ labels: [0, 1], scores: [0, 1] }, { confidence: 95 }), 'option-invalid'],
  [() => delongInterval({ labels: [0, 1], scores: [0, 1], weights: [1, 2] }), 'option-invalid'],
  [() => delongInterval({ labels: [0, 1], scores: [0, NaN] }), 'score-invalid'],
  [() => delongTest({ labels: [0, 1], first: [0, 1], second: [0] }), 'length-mismatch'],
  [() => mcnemar({ first: [true], second: [] }), 'length-mismatch'],
  [() => proportionInterval({ successes: 1, trials: 2, method: 'exact' as never }), 'option-invalid'],
])('bad input %# is refused', (call, code) => {
  expect(call).toThrow(expect.objectContaining({ name: 'MetricsError', code }));
});

test('whatever numbers come in, an interval or a MetricsError comes out', () => {
  const any = fc.oneof(fc.double(), fc.integer({ min: -2, max: 5 }), fc.constantFrom(NaN, Infinity, -Infinity));
  fc.assert(
    fc.property(any, any, any, fc.array(any, { maxLength: 6 }), (a, b, confidence, values) => {
      for (const call of [
        ...methods.map((method) => () => proportionInterval({ successes: a, trials: b, confidence, method })),
        () => delongInterval({ labels: values.map((_, i) => i % 2), scores: values }, { confidence }),
        () => bootstrapInterval({ cases: values, statistic: mean, confidence, resamples: 20 }),
      ]) {
        try {
          const { lower, upper } = call();
          expect(Number.isNaN(lower) || Number.isNaN(upper) || lower <= upper).toBe(true);
        } catch (error) {
          if (!MetricsError.isInstance(error)) {
            throw error;
          }
        }
      }
    }),
  );
});

test('next to no confidence gives bounds in order', () => {
  const { lower, upper } = proportionInterval({ successes: 1, trials: 4_479_360_313_289_251, confidence: 5e-324 });
  expect(lower).toBeLessThanOrEqual(upper);
});

test('what is not defined is NaN: one case, one class; and two that never differ have p 1', () => {
  expect(bootstrapInterval({ cases: [1], statistic: mean })).toMatchObject({ value: 1, lower: NaN, upper: NaN });
  expect(delongInterval({ labels: [1, 1], scores: [0, 1] })).toMatchObject({ value: NaN, lower: NaN, upper: NaN });
  for (const method of ['exact', 'chi-squared', 'chi-squared-corrected'] as const) {
    expect(mcnemar({ first: [true], second: [true] }, { method })).toMatchObject({ statistic: 0, p: 1 });
  }
});

test.each([Number.NaN, Infinity, 0.5])('the seed %p is refused', (seed) => {
  const options = { cases: [1, 2, 3], statistic: (cases: readonly number[]) => cases[0], seed };
  expect(() => bootstrapInterval(options)).toThrow(expect.objectContaining({ code: 'option-invalid' }));
});
