import { readLabels } from '@fractura/nnunet-format';
import { expect, test } from '@jest/globals';
import type { BatchContext, PatchMethod } from '../../src/batches/batch-method.js';
import { patchBatches } from '../../src/batches/patch-batches.js';
import type { PreprocessedCase } from '../../src/index.js';
import { emptyFilms } from '../support/empty-films.js';
import { toyCases, toyDatasetJson } from '../support/toy-dataset.js';

const method: PatchMethod = { kind: 'patches', augmentation: 'none' };

/** Films of one value, by which a patch's film is known: 1, 2, ... with a lesion, -1, -2, ... without. */
const constant = (cases: readonly PreprocessedCase[], sign: 1 | -1) =>
  cases.map((film, n) => ({ ...film, data: film.data.map(() => sign * (n + 1)) }));
const films = [...constant(toyCases(3), 1), ...constant(emptyFilms(4), -1)];

const context = (cases: readonly PreprocessedCase[]): BatchContext => ({
  cases,
  labels: readLabels(toyDatasetJson),
  batchSize: 6,
  patchSize: [8, 8],
  scales: [[1, 1]],
  seed: 2,
});

/** The value of each sample of a batch. */
function valuesOf(cases: readonly PreprocessedCase[], emptyShare: number | undefined, number: number): number[] {
  const { image } = patchBatches(context(cases), { ...method, emptyShare })(number);
  return Array.from({ length: 6 }, (_, n) => image[n * 64 + 27]);
}

test.each([
  [0, 0],
  [0.5, 3],
  [1, 6],
])('a share of %d of six patches from cases without foreground is %d patches, the first ones', (share, count) => {
  for (const number of [0, 1, 9]) {
    expect(valuesOf(films, share, number).map((value) => value < 0)).toEqual(
      Array.from({ length: 6 }, (_, n) => n < count),
    );
  }
});

test('cases of one kind alone fill the batches, whatever the share', () => {
  expect(valuesOf(films.slice(0, 3), 0.5, 0).every((value) => value > 0)).toBe(true);
  expect(valuesOf(films.slice(3), 0.5, 0).every((value) => value < 0)).toBe(true);
});

test('a share of empty cases leaves the last third of a batch its foreground', () => {
  const { levels } = patchBatches(context(films), { ...method, emptyShare: 0.5 })(4);
  for (const sample of [4, 5]) {
    expect(levels[0].labels.slice(sample * 64, (sample + 1) * 64)).toContain(1);
  }
});

test('without a share every case is as likely as any other', () => {
  const counts = new Map<number, number>();
  for (let number = 0; number < 200; number += 1) {
    for (const value of valuesOf(films, undefined, number)) {
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  // 1200 draws of 7: 171 each, with a standard deviation of 12.
  expect([...counts.values()].every((count) => count > 120 && count < 222)).toBe(true);
  expect(counts.size).toBe(7);
});

test.each([-0.1, 1.5, NaN])('refuses a share of %d of cases without foreground', (emptyShare) => {
  expect(() => patchBatches(context(films), { ...method, emptyShare })).toThrow(
    expect.objectContaining({ code: 'share-invalid', message: expect.stringContaining(String(emptyShare)) }),
  );
});
