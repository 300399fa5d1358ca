import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { distanceTransform, maskBorder } from '../../src/index.js';
import { squaredDistancesAt } from '../../src/segmentation/euclidean.js';
import { readReference } from '../golden.js';
import { expectClose, fromRuns } from './vectors.js';

interface EdtCase {
  name: string;
  shape: number[];
  spacing: number[];
  mask: number[];
  border: Record<string, number[]>;
}
type Nested = number | Nested[];
const flat = (values: Nested): number[] => (typeof values === 'number' ? [values] : values.flatMap(flat));
const cases = () => (readReference('libraries/edt.json') as { cases: (EdtCase & Record<string, Nested>)[] }).cases;

test.each(['euclidean', 'chessboard', 'taxicab'] as const)('%s distances are those of scipy', (metric) => {
  for (const each of cases()) {
    const distances = distanceTransform({ ...each, mask: fromRuns(each.mask), metric });
    flat(each[metric]).forEach((expected, i) => {
      expectClose(`${each.name} voxel ${i}`, distances[i], expected, 1e-12);
    });
  }
});

test('borders are the masks without their erosions', () => {
  for (const { name, shape, mask, border } of cases()) {
    for (const [key, runs] of Object.entries(border)) {
      const found = maskBorder({ mask: fromRuns(mask), shape, connectivity: Number(key.replace('conn', '')) });
      expect({ name, key, border: [...found] }).toEqual({ name, key, border: [...fromRuns(runs)] });
    }
  }
});

/** A mask of any shape, and steps that make sums of squares inexact. */
const grids = fc
  .record({
    shape: fc.oneof(fc.tuple(size(), size()), fc.tuple(size(), size(), size())),
    spacing: fc.tuple(step(), step(), step()),
    seed: fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }),
  })
  .map(({ shape, spacing, seed }) => {
    const voxels = (shape as number[]).reduce((product, n) => product * n, 1);
    const mask = Uint8Array.from({ length: voxels }, (_, i) => (seed[(i * 7 + (i >> 3)) % seed.length] ? 1 : 0));
    return { shape: shape, spacing: spacing.slice(0, shape.length), mask };
  });
function size() {
  return fc.integer({ min: 1, max: 6 });
}
function step() {
  return fc.constantFrom(1, 0.7, 1.3, 3.1);
}

const place = (index: number, shape: readonly number[]) => {
  const at = [];
  for (let axis = shape.length - 1, rest = index; axis >= 0; axis -= 1) {
    at.unshift(rest % shape[axis]);
    rest = Math.floor(rest / shape[axis]);
  }
  return at;
};

test('the Euclidean distance is the least of all distances', () => {
  fc.assert(
    fc.property(grids, ({ shape, spacing, mask }) => {
      const distances = distanceTransform({ mask, shape, spacing });
      const outside = [...mask.keys()].filter((i) => mask[i] === 0).map((i) => place(i, shape));
      mask.forEach((_, i) => {
        const from = place(i, shape);
        const all = outside.map((to) => Math.hypot(...to.map((x, axis) => (x - from[axis]) * spacing[axis])));
        expectClose(`voxel ${i}`, distances[i], Math.min(Infinity, ...all), 1e-12);
      });
    }),
    { numRuns: 60 },
  );
});

test('distances of chosen voxels are those of the whole transform, near and far', () => {
  const shape: [number, number, number] = [12, 14, 16];
  const features = [0, 700];
  const mask = Uint8Array.from({ length: 12 * 14 * 16 }, (_, i) => (features.includes(i) ? 0 : 1));
  const some = [5, 100, 1600, 2687];
  const many = [...mask.keys()];
  const squaredOf = (voxels: number[]) => squaredDistancesAt(voxels, features, shape, [1.5, 1, 0.5]);
  const whole = distanceTransform({ mask, shape, spacing: [1.5, 1, 0.5] });
  squaredOf(many).forEach((squared, i) => {
    expectClose(`voxel ${i}`, Math.sqrt(squared), whole[i], 1e-12);
  });
  squaredOf(some).forEach((squared, n) => {
    expectClose(`voxel ${some[n]}`, Math.sqrt(squared), whole[some[n]], 1e-12);
  });
});

test('without background every distance is infinite', () => {
  expect([...distanceTransform({ mask: [1, 1, 1, 1], shape: [2, 2] })]).toEqual([
    Infinity,
    Infinity,
    Infinity,
    Infinity,
  ]);
});
