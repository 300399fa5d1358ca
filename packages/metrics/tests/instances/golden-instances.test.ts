import { expect, test } from '@jest/globals';
import { meanAverageSurfaceDistance, labelComponents, panopticQuality, type Connectivity } from '../../src/index.js';
import { readReference } from '../golden.js';
import { expectStored, type Stored } from '../stored.js';

/** Alternating runs of 0 and 1, or pairs of value and length. */
const ofRuns = (runs: number[]) => runs.flatMap((length, i) => new Array<number>(length).fill(i % 2));
const ofPairs = (pairs: number[]) =>
  pairs.flatMap((value, i) => (i % 2 === 0 ? new Array<number>(pairs[i + 1]).fill(value) : []));

test('connected components equal those of scipy, number for number', () => {
  interface Vector {
    name: string;
    shape: number[];
    mask: number[];
    label: Record<string, { count: number; labels: number[] } | string>;
  }
  const connectivities: Record<number, Connectivity[]> = { 2: [4, 8], 3: [6, 18, 26] };
  for (const { name, shape, mask: runs, label } of (readReference('libraries/edt.json') as { cases: Vector[] }).cases) {
    const foreground = ofRuns(runs);
    const mask = label.of === 'background' ? foreground.map((value) => 1 - value) : foreground;
    connectivities[shape.length].forEach((connectivity, i) => {
      const stored = label[`conn${i + 1}`] as { count: number; labels: number[] };
      const { labels, count } = labelComponents({ mask, shape, connectivity });
      expect({ name, connectivity, count, labels: [...labels] }).toEqual({
        name,
        connectivity,
        count: stored.count,
        labels: ofPairs(stored.labels),
      });
    });
  }
});

test('panoptic quality equals that of panoptica at every threshold', () => {
  interface Vector {
    name: string;
    shape: number[];
    gt: number[];
    pred: number[];
    expected: Record<string, Record<string, Stored>>;
  }
  for (const { name, shape, gt, pred, expected } of (readReference('libraries/instances.json') as { cases: Vector[] })
    .cases) {
    const connectivity = shape.length === 2 ? 4 : 26;
    const [reference, prediction] = [gt, pred].map(
      (runs) => labelComponents({ mask: ofRuns(runs), shape, connectivity }).labels,
    );
    for (const [key, stored] of Object.entries(expected)) {
      const iouThreshold = Number(key.replace('iouThreshold', ''));
      const own = panopticQuality({
        reference,
        prediction,
        iouThreshold,
        distance: (mask, other) => meanAverageSurfaceDistance({ reference: mask, prediction: other, shape }).value,
      });
      for (const [theirs, value] of Object.entries({
        tp: own.truePositives,
        fp: own.falsePositives,
        fn: own.falseNegatives,
        prec: own.precision,
        rec: own.recall,
        rq: own.recognitionQuality,
        sq: own.segmentationQuality,
        pq: own.panopticQuality,
        sq_dsc: own.segmentationQualityDice,
        pq_dsc: own.panopticQualityDice,
        sq_assd: own.meanDistance!,
      })) {
        expectStored(`${name} ${key} ${theirs}`, value, stored[theirs]);
      }
    }
  }
});

test('optimal matching finds two pairs where greedy takes the one that blocks both', () => {
  // Voxels by (reference, prediction); the IoUs are (1, 1) 10/27, (1, 2) 8/28 and (2, 1) 9/29.
  const overlaps: [number, number, number][] = [
    [1, 1, 10],
    [1, 2, 8],
    [2, 1, 9],
    [0, 2, 10],
    [2, 0, 10],
  ];
  const mapOf = (side: 0 | 1) => overlaps.flatMap((row) => new Array<number>(row[2]).fill(row[side]));
  const maps = { reference: mapOf(0), prediction: mapOf(1), iouThreshold: 0.2 };
  const pairs = (matching: 'greedy' | 'optimal') =>
    panopticQuality({ ...maps, matching }).matches.map(({ reference, prediction }) => [reference, prediction]);
  expect(pairs('greedy')).toEqual([[1, 1]]);
  expect(pairs('optimal').sort()).toEqual([
    [1, 2],
    [2, 1],
  ]);
});

test.each([
  [() => labelComponents({ mask: [1, 0], shape: [3] }), 'shape-invalid'],
  [() => labelComponents({ mask: [1, 0], shape: [3, 1] }), 'shape-invalid'],
  [() => labelComponents({ mask: [1, 0], shape: [2, 1], connectivity: 26 }), 'connectivity-invalid'],
  [() => panopticQuality({ reference: [1], prediction: [] }), 'length-mismatch'],
  [() => panopticQuality({ reference: [NaN], prediction: [1] }), 'label-invalid'],
  [() => panopticQuality({ reference: [1], prediction: [1], iouThreshold: 0 }), 'option-invalid'],
])('bad input %# is refused', (call, code) => {
  expect(call).toThrow(expect.objectContaining({ name: 'MetricsError', code }));
});
