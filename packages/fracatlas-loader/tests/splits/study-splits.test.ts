import { expect, test } from '@jest/globals';
import {
  classificationSet,
  groupNumbers,
  studySplits,
  type AtlasAnnotation,
  type AtlasRecord,
} from '../../src/index.js';
import { fakeRecord } from '../support/fake-records.js';

const outline: AtlasAnnotation = {
  id: 1,
  categoryId: 1,
  polygons: [[0, 0, 4, 0, 4, 4]],
  box: [0, 0, 4, 4],
  areaPixels: 8,
  crowd: false,
};

/** 50 fractured and 100 normal radiographs, no neighbours; one fractured has no outline. */
const records: AtlasRecord[] = Array.from({ length: 150 }, (_, i) =>
  fakeRecord(2 * i, i % 3 === 0, { annotations: i % 3 === 0 && i > 0 ? [outline] : [] }),
);
const fractured = records.filter(({ annotations }) => annotations.length > 0).map(({ file }) => file);
const isFractured = new Set(fractured);
const make = (options: Partial<Parameters<typeof studySplits>[1]> = {}) =>
  studySplits(records, { seed: 7, folds: 4, normalsPerFracture: 0, ...options });

test('a fifth of the outlined fractures is held out, and each other one judges one fold and trains the others', () => {
  const { heldOut, folds, normals } = make();
  expect(heldOut).toHaveLength(10);
  expect([...heldOut, ...folds.flatMap(({ val }) => val)].sort()).toEqual([...fractured].sort());
  for (const { train, val } of folds) {
    expect([...heldOut, ...train, ...val].sort()).toEqual([...fractured].sort());
  }
  expect(normals).toEqual([]);
});

test('normal radiographs come in beside fractured ones, which stay where they are without them', () => {
  const [without, withNormals] = [make(), make({ normalsPerFracture: 1 })];
  expect(withNormals.normals).toHaveLength(fractured.length);
  const onlyFractured = (files: readonly string[]) => files.filter((file) => isFractured.has(file)).sort();
  expect(onlyFractured(withNormals.heldOut)).toEqual([...without.heldOut].sort());
  for (const [fold, { val }] of withNormals.folds.entries()) {
    expect(onlyFractured(val)).toEqual([...without.folds[fold].val].sort());
    expect(val.length).toBeGreaterThan(without.folds[fold].val.length);
  }
});

test('what belongs together is in one part, and what is left out in none', () => {
  const together = [fractured.slice(0, 3)];
  const excluded = fractured[5];
  const { heldOut, folds } = make({ together, exclude: [excluded] });
  const parts = [heldOut, ...folds.map(({ val }) => val)];
  expect(parts.filter((files) => files.some((file) => together[0].includes(file)))).toHaveLength(1);
  expect(parts.flat()).not.toContain(excluded);
});

test('every image of the classification set names a fold that has not trained on it', () => {
  const splits = make({ normalsPerFracture: 1 });
  const set = classificationSet(records, { seed: 7, splits });
  expect(set.filter((image) => image.fractured)).toHaveLength(set.length / 2);
  for (const { file, fold } of set) {
    expect(splits.folds[fold].train).not.toContain(file);
  }
  const judging = set.filter(({ part, fractured }) => fractured && part !== 'train').map(({ file }) => file);
  expect(judging.length).toBeGreaterThan(0);
  expect(splits.heldOut).toEqual(expect.arrayContaining(judging));
});

test('images that no fold has seen are dealt evenly to the folds', () => {
  const splits = make();
  const seen = new Set(splits.folds.flatMap(({ val }) => val));
  const unseen = classificationSet(records, { seed: 7, splits }).filter(({ file }) => !seen.has(file));
  const counts = splits.folds.map((_, fold) => unseen.filter((image) => image.fold === fold).length);
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
});

test('the part that the atlas holds out is held out, and what belongs together with it trains nothing', () => {
  const [first, second, third, twin] = fractured;
  const partOf = new Map([
    [first, 'valid'],
    [second, 'test'],
    [third, 'train'],
  ] as const);
  const published = records.map((record) => ({ ...record, officialSplit: partOf.get(record.file) }));
  const options = {
    seed: 7,
    folds: 4,
    normalsPerFracture: 0,
    heldOutPart: 'official',
    together: [[first, twin]],
  } as const;
  const { heldOut, folds, leftOut } = studySplits(published, options);
  expect(heldOut).toEqual([first, second]);
  expect(leftOut).toEqual([twin]);
  expect(folds.flatMap(({ val }) => val).sort()).toEqual(
    fractured.filter((file) => ![first, second, twin].includes(file)),
  );
});

test('an atlas without an official split is refused where that is to be held out', () => {
  expect(() => make({ heldOutPart: 'official' })).toThrow(expect.objectContaining({ code: 'no-official-split' }));
});

test('each file has the number of its group', () => {
  expect([...groupNumbers([['a', 'b'], ['c']])]).toEqual([
    ['a', 0],
    ['b', 0],
    ['c', 1],
  ]);
});

test('a small atlas has more in test by another ratio of the parts', () => {
  const splits = make();
  const counts = (ratio?: { train: number; validation: number; test: number }) => {
    const set = classificationSet(records, { seed: 7, splits, ratio });
    return ['train', 'validation', 'test'].map((part) => set.filter((image) => image.part === part).length);
  };
  expect(counts()).toEqual([80, 12, 6]);
  // 10 of 49 are held out for validation and test.
  expect(counts({ train: 30, validation: 3, test: 7 })).toEqual([64, 6, 14]);
});
