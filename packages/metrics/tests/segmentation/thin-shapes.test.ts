import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { boundaryIou, centerlineDice, skeletonize } from '../../src/index.js';
import { expectClose, fromRuns } from './vectors.js';

interface Recorded {
  skeletons: { name: string; shape: number[]; mask: number[]; skeleton: number[] }[];
  pairs: {
    name: string;
    shape: number[];
    reference: number[];
    prediction: number[];
    dilationRatio: number;
    boundaryIou: number;
    metricsReloadedBoundaryIou: Record<string, number>;
    topologyPrecision: number;
    topologySensitivity: number;
    clDice: number;
  }[];
}
const { skeletons, pairs } = JSON.parse(
  readFileSync(new URL('../fixtures/thin-shapes.json', import.meta.url), 'utf8'),
) as Recorded;

test.each(skeletons)("the skeleton of $name is scikit-image's", ({ shape, mask, skeleton }) => {
  expect([...skeletonize({ mask: fromRuns(mask), shape })]).toEqual([...fromRuns(skeleton)]);
});

test.each(pairs)('boundary IoU and clDice of $name are those of scipy and scikit-image', (each) => {
  const pair = { reference: fromRuns(each.reference), prediction: fromRuns(each.prediction), shape: each.shape };
  const { value, topologyPrecision, topologySensitivity } = centerlineDice(pair);
  expectClose('boundary', boundaryIou({ ...pair, dilationRatio: each.dilationRatio }).value, each.boundaryIou);
  expectClose('precision', topologyPrecision, each.topologyPrecision);
  expectClose('sensitivity', topologySensitivity, each.topologySensitivity);
  expectClose('clDice', value, each.clDice);
  for (const [width, expected] of Object.entries(each.metricsReloadedBoundaryIou)) {
    const found = boundaryIou({ ...pair, width: Number(width), convention: 'metrics-reloaded' });
    expectClose(`width ${width}`, found.value, expected);
  }
});

/** Rows of `#` and `.` as a mask. */
const drawn = (...rows: string[]) => ({
  mask: rows.flatMap((row) => Array.from(row, (sign) => (sign === '#' ? 1 : 0))),
  shape: [rows.length, rows[0].length],
});

test('clDice of a broken line is that of equations 1 to 3 of Shit et al.', () => {
  // Lines of one pixel are their own skeletons: 7 predicted pixels, 6 in the reference; 10 in the reference, 6 predicted.
  const reference = drawn('............', '.##########.', '............');
  const prediction = drawn('..........#.', '.###...###..', '............');
  const { value, topologyPrecision, topologySensitivity } = centerlineDice({
    reference: reference.mask,
    prediction: prediction.mask,
    shape: reference.shape,
  });
  expect({ topologyPrecision, topologySensitivity }).toEqual({ topologyPrecision: 6 / 7, topologySensitivity: 0.6 });
  expect(value).toBeCloseTo((2 * (6 / 7) * 0.6) / (6 / 7 + 0.6), 15);
});

test('clDice of lines that miss each other is 0, and NaN as MetricsReloaded computes it', () => {
  const pair = { reference: [1, 1, 1, 0, 0, 0], prediction: [0, 0, 0, 1, 1, 1], shape: [2, 3] };
  expect(centerlineDice(pair).value).toBe(0);
  expect(centerlineDice({ ...pair, convention: 'metrics-reloaded' }).value).toBeNaN();
});

test('a block of 2x2x2 voxels has no skeleton, as in scikit-image, and no clDice', () => {
  const block = new Uint8Array(8).fill(1);
  expect(skeletonize({ mask: block, shape: [2, 2, 2] })).toEqual(new Uint8Array(8));
  expect(centerlineDice({ reference: block, prediction: block, shape: [2, 2, 2] }).value).toBeNaN();
});

test('boundary IoU of nested squares is that of their rings, as section 4 of Cheng et al. has it', () => {
  // 20x20 and 18x18 in 100x100: the diagonal is 141.4, 0.02 of it 3 pixels wide. Rings of 400 - 14² = 204 and 324 - 12² = 180
  // pixels; they share 18² - 14² = 128.
  const square = (from: number, to: number) =>
    Uint8Array.from({ length: 10_000 }, (_, i) => {
      const [row, column] = [Math.floor(i / 100), i % 100];
      return row >= from && row < to && column >= from && column < to ? 1 : 0;
    });
  const pair = { reference: square(40, 60), prediction: square(41, 59), shape: [100, 100] };
  expect(boundaryIou(pair)).toEqual({ value: 128 / (204 + 180 - 128), convention: 'nnunet', emptyMask: 'none' });
  // Border voxels alone: the rings of one pixel share nothing.
  expect(boundaryIou({ ...pair, convention: 'metrics-reloaded' }).value).toBe(0);
});

test('what touches the edge of the image is boundary', () => {
  const full = { reference: new Uint8Array(9).fill(1), prediction: [1, 1, 1, 1, 0, 1, 1, 1, 1], shape: [3, 3] };
  // The width is 1: the ring of 8 against the 8 predicted pixels, which erode to nothing.
  expect(boundaryIou(full).value).toBe(1);
});
