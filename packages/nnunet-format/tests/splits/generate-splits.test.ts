import { expect, test } from '@jest/globals';
import { generateSplits, randomSplit } from '../../src/index.js';
import { parseFixture } from '../fixtures.js';

interface SplitVectors {
  cases: Record<string, { val_indices_per_fold: number[][] }>;
  fallback_80_20_when_fold_not_in_split_file: Record<
    string,
    { train_indices_in_order: number[]; val_indices: number[] }
  >;
}

const idsOf = (count: number) => Array.from({ length: count }, (_, i) => `case_${String(i).padStart(4, '0')}`);

test('folds equal those of scikit-learn under nnU-Net', () => {
  const { cases } = parseFixture('splits.json') as SplitVectors;
  for (const [count, { val_indices_per_fold: expected }] of Object.entries(cases)) {
    const ids = idsOf(Number(count));
    const splits = generateSplits([...ids].reverse());
    expect(splits.map(({ val }) => val)).toEqual(expected.map((fold) => fold.map((index) => ids[index])));
    for (const { train, val } of splits) {
      expect([...train, ...val].sort()).toEqual(ids);
    }
  }
});

test('the splits of the 656 radiographs equal those of the real trainer', () => {
  const expected = parseFixture('splits_final.json') as { train: string[]; val: string[] }[];
  const ids = expected.flatMap(({ val }) => val);
  expect(generateSplits(ids)).toEqual(expected);
});

test('a fold beyond the file has the four fifths of the cases that nnU-Net draws', () => {
  const { fallback_80_20_when_fold_not_in_split_file: vectors } = parseFixture('splits.json') as SplitVectors;
  for (const [name, expected] of Object.entries(vectors)) {
    const [, count, fold] = /^n(\d+)_fold(\d+)$/.exec(name)!.map(Number);
    const ids = idsOf(count);
    expect(randomSplit(ids, fold)).toEqual({
      train: expected.train_indices_in_order.map((index) => ids[index]),
      val: expected.val_indices.map((index) => ids[index]),
    });
  }
});

test('too few cases are refused', () => {
  expect(() => generateSplits(idsOf(4))).toThrow('4 cases cannot be dealt to 5 folds');
});
