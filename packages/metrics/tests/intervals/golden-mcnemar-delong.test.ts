import { expect, test } from '@jest/globals';
import { delongDifference, delongInterval, delongTest, mcnemar, rocAuc } from '../../src/index.js';
import { quantile } from '../../src/quantile.js';
import { readReference } from '../golden.js';
import { expectStored, type Stored } from '../stored.js';

interface Vectors {
  delong: {
    name: string;
    yTrue: number[];
    scoreA: number[];
    scoreB: number[];
    expected: { derived: Record<'aucA' | 'aucB' | 'z' | 'pTwoSided', Stored> & { ci95AUnclipped: number[] } };
  }[];
  mcnemar: {
    name: string;
    table: number[][];
    expected: Record<'exact' | 'chi2' | 'chi2Corrected', { statistic: Stored; p: Stored }>;
  }[];
  summaries: { name: string; values: number[]; expected: { quantileLinear: Record<string, number> } }[];
}
const vectors = () => readReference('libraries/intervals.json') as Vectors;

test("DeLong's variance, interval and test equal the closed form that the libraries confirm", () => {
  for (const { name, yTrue: labels, scoreA, scoreB, expected } of vectors().delong) {
    const { derived } = expected;
    expectStored(`${name} AUC`, rocAuc({ labels, scores: scoreA }), derived.aucA);
    const { lower, upper } = delongInterval({ labels, scores: scoreA });
    const [low, high] = derived.ci95AUnclipped;
    expectStored(`${name} lower`, lower, Math.max(0, low));
    expectStored(`${name} upper`, upper, Math.min(1, high));
    const { z, p } = delongTest({ labels, first: scoreA, second: scoreB });
    expect({ name, z: Math.abs(Math.abs(z) - Math.abs(Number(derived.z))) < 1e-9 }).toEqual({ name, z: true });
    expectStored(`${name} p`, p, derived.pTwoSided);
    // The interval that just touches 0 has the test's p outside of it.
    if (p > 1e-6 && p < 1) {
      const difference = delongDifference({ labels, first: scoreA, second: scoreB }, { confidence: 1 - p });
      expect(Math.min(Math.abs(difference.lower), Math.abs(difference.upper))).toBeLessThan(1e-9);
      expect(difference.value).toBeCloseTo(Number(derived.aucA) - Number(derived.aucB), 9);
    }
  }
});

test("McNemar's three tests equal those of statsmodels", () => {
  for (const { name, table, expected } of vectors().mcnemar) {
    const [[both, onlyFirst], [onlySecond, neither]] = table;
    const repeat = (right: boolean, times: number) => new Array<boolean>(times).fill(right);
    const first = [...repeat(true, both + onlyFirst), ...repeat(false, onlySecond + neither)];
    const second = [
      ...repeat(true, both),
      ...repeat(false, onlyFirst),
      ...repeat(true, onlySecond),
      ...repeat(false, neither),
    ];
    for (const [method, stored] of [
      ['exact', expected.exact],
      ['chi-squared', expected.chi2],
      ['chi-squared-corrected', expected.chi2Corrected],
    ] as const) {
      const own = mcnemar({ first, second }, { method });
      expectStored(`${name} ${method} statistic`, own.statistic, stored.statistic);
      expectStored(`${name} ${method} p`, own.p, stored.p);
    }
  }
});

test('quantiles equal those of numpy', () => {
  for (const { name, values, expected } of vectors().summaries) {
    const sorted = Float64Array.from(values).sort();
    for (const [level, value] of Object.entries(expected.quantileLinear)) {
      expectStored(`${name} ${level}`, quantile(sorted, Number(level)), value);
    }
  }
});
