import { expect, test } from '@jest/globals';
import { RandomState } from '@fractura/python-compat';
import { dealNormals } from '../../src/splits/deal-normals.js';

const named = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
const dealt = { heldOut: ['f0', 'f1'], validation: [['f2', 'f3'], ['f4'], ['f5', 'f6'], ['f7', 'f8']] };
const normals = named('n', 100);
/** A fractured and a normal radiograph that belong together, a group of five normal ones, and every other one alone. */
const together = [
  ['f0', 'n0'],
  ['f4', 'n1', 'n2'],
  ['n3', 'n4', 'n5', 'n6', 'n7'],
];
const grouped = new Set(together.flat());
const groups = [
  ...together,
  ...[...named('f', 9), ...normals].filter((file) => !grouped.has(file)).map((file) => [file]),
];
const deal = (wanted: number, seed = 1) =>
  dealNormals(normals, { dealt, groups, wanted, random: new RandomState(seed) });

test('a fifth is held out and the folds get the same number of the others', () => {
  const { heldOut, validation } = deal(50);
  const counts = [heldOut, ...validation].map((files) => files.length);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(50);
  for (const count of counts) {
    expect(Math.abs(count - 10)).toBeLessThanOrEqual(4);
  }
});

test('no group is torn, and those with a fractured radiograph go where it is', () => {
  const { heldOut, validation } = deal(1000);
  expect([heldOut, ...validation].flat().sort()).toEqual([...normals].sort());
  expect(heldOut).toContain('n0');
  expect(validation[1]).toEqual(expect.arrayContaining(['n1', 'n2']));
  const study = together[2];
  expect([heldOut, ...validation].filter((files) => files.some((file) => study.includes(file)))).toHaveLength(1);
});

test('the same seed draws the same, another others, and none are drawn where none are wanted', () => {
  expect(deal(30)).toEqual(deal(30));
  expect(deal(30, 2)).not.toEqual(deal(30));
  expect(deal(0)).toEqual({ heldOut: [], validation: [[], [], [], []] });
});
