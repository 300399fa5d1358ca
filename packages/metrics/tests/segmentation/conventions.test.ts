import { expect, test } from '@jest/globals';
import {
  averageSurfaceDistance,
  dice,
  hausdorffDistance,
  iou,
  meanAverageSurfaceDistance,
  normalizedSurfaceDice,
  precision,
  recall,
  relativeVolumeDifference,
  surfaceMetrics,
  type Convention,
} from '../../src/index.js';

const [empty, full, some] = [
  [0, 0, 0, 0],
  [1, 1, 1, 1],
  [0, 1, 0, 0],
];
const shape = [2, 2];

/** One pixel against itself and one 3 mm away: distances 0 to the prediction, 0 and 3 to the reference. */
const hand = { reference: [1, 0, 0, 0], prediction: [1, 0, 0, 1], shape: [1, 4] };

test('MASD is the mean of the directions, ASSD that of all points (Bene\u0161 and Zitov\u00e1 2015)', () => {
  expect(meanAverageSurfaceDistance(hand).value).toBe((0 + 3 / 2) / 2);
  expect(averageSurfaceDistance(hand).value).toBe(3 / 3);
  expect(averageSurfaceDistance({ ...hand, direction: 'predictionToReference' }).value).toBe(1.5);
  expect(normalizedSurfaceDice({ ...hand, tolerance: 1 }).value).toBe(2 / 3);
});

test.each<[Convention, number]>([
  // Pooled 0, 0, 3: 0.9 of the way from the second to the third.
  ['nnunet', 2.7],
  ['medpy', 2.7],
  // The prediction's 0, 3: 0.95 of the way.
  ['monai', 2.85],
  ['metrics-reloaded', 2.85],
  // Half of the contour is 3 away: the first distance that 95 % reach.
  ['surface-distance', 3],
])('the 95th percentile under %s is %d', (convention, expected) => {
  const score = hausdorffDistance({ ...hand, percentile: 95, convention });
  expect(score).toMatchObject({ convention, emptyMask: 'none' });
  expect(score.value).toBeCloseTo(expected, 12);
});

/** Dice, IoU, HD, HD95, ASSD, NSD. */
const values = (reference: number[], prediction: number[], convention: Convention) => {
  const pair = { reference, prediction, shape, convention };
  const { hausdorff, averageDistance, surfaceDice } = surfaceMetrics(pair);
  return [
    dice(pair).value,
    iou(pair).value,
    hausdorff['100'].symmetric,
    hausdorff['95'].symmetric,
    averageDistance.symmetric,
    surfaceDice['1'].symmetric,
  ];
};

test.each<[Convention, number[], number[], number[]]>([
  ['nnunet', [NaN, NaN, NaN, NaN, NaN, NaN], [0, 0, NaN, NaN, NaN, 0], [0, 0, NaN, NaN, NaN, 0]],
  ['medpy', [NaN, 1, NaN, NaN, NaN, NaN], [0, 0, NaN, NaN, NaN, 0], [0, 0, NaN, NaN, NaN, 0]],
  ['monai', [NaN, NaN, NaN, NaN, NaN, NaN], [NaN, NaN, Infinity, NaN, Infinity, 0], [0, 0, Infinity, NaN, Infinity, 0]],
  [
    'surface-distance',
    [NaN, NaN, Infinity, Infinity, NaN, NaN],
    [0, 0, Infinity, Infinity, Infinity, 0],
    [0, 0, Infinity, Infinity, Infinity, 0],
  ],
  ['metrics-reloaded', [1, NaN, 0, 0, 0, NaN], [0, 0, NaN, NaN, NaN, 0], [0, 0, NaN, NaN, NaN, 0]],
])('%s: both masks empty, the reference, the prediction', (convention, both, reference, prediction) => {
  expect(values(empty, empty, convention)).toEqual(both);
  expect(values(empty, some, convention)).toEqual(reference);
  expect(values(some, empty, convention)).toEqual(prediction);
});

test("MONAI's ignore_empty can be turned off", () => {
  const options = { convention: 'monai', ignoreEmpty: false } as const;
  expect(dice({ reference: empty, prediction: empty, ...options }).value).toBe(1);
  expect(iou({ reference: empty, prediction: some, ...options }).value).toBe(0);
});

test('MetricsReloaded has values of its own for ratios without a denominator', () => {
  const options = { convention: 'metrics-reloaded' } as const;
  expect(precision({ reference: some, prediction: empty, ...options }).value).toBe(0);
  expect(precision({ reference: some, prediction: empty }).value).toBeNaN();
  expect(recall({ reference: empty, prediction: some, ...options }).value).toBeNaN();
  expect(relativeVolumeDifference({ reference: empty, prediction: empty, ...options }).value).toBe(0);
  expect(relativeVolumeDifference({ reference: empty, prediction: some, ...options }).value).toBe(1);
});

test("nnU-Net's first version measured no distances of a full mask", () => {
  const pair = { reference: full, prediction: some, shape };
  expect(hausdorffDistance(pair).value).toBeNaN();
  expect(hausdorffDistance({ ...pair, convention: 'medpy' }).value).toBeGreaterThan(0);
});

test('an empty mask is named in the result', () => {
  expect(dice({ reference: empty, prediction: some })).toEqual({
    value: 0,
    convention: 'nnunet',
    emptyMask: 'reference',
  });
});
