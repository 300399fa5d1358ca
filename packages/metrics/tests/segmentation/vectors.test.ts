import { expect, test } from '@jest/globals';
import {
  dice,
  iou,
  overlapCounts,
  overlapScores,
  precision,
  recall,
  relativeVolumeDifference,
  specificity,
  surfaceMetrics,
  type SurfaceMetricsOptions,
} from '../../src/index.js';
import {} from '../golden.js';
import { binaryCases, expectClose, fromRuns, raised, type BinaryCase } from './vectors.js';

const pairOf = ({ gt, pred, shape, spacing, tolerances }: BinaryCase) => ({
  reference: fromRuns(gt),
  prediction: fromRuns(pred),
  shape,
  spacing,
  tolerances,
  percentiles: [50, 95],
});

test('counts of all pairs are those of the vectors', () => {
  for (const each of binaryCases()) {
    expect({ name: each.name, counts: overlapCounts(pairOf(each)) }).toEqual({
      name: each.name,
      counts: each.expected.counts,
    });
  }
});

test("overlap under the convention medpy is MedPy's", () => {
  for (const each of binaryCases()) {
    const pair = { ...pairOf(each), convention: 'medpy' as const };
    const values = {
      dc: dice(pair),
      jc: iou(pair),
      precision: precision(pair),
      recall: recall(pair),
      specificity: specificity(pair),
      ravd: relativeVolumeDifference(pair),
    };
    for (const [key, { value, convention }] of Object.entries(values)) {
      const expected = each.expected.medpy[key as keyof typeof values];
      expectClose(`${each.name} ${key}`, value, raised(expected) ? NaN : expected);
      expect(convention).toBe('medpy');
    }
  }
});

test.each([1, 2, 3])("distances under medpy are MedPy's with connectivity %d", (connectivity) => {
  for (const each of binaryCases()) {
    const expected = each.expected.medpy[`conn${connectivity as 1 | 2 | 3}`];
    if (!expected) {
      continue;
    }
    const { hausdorff, averageDistance } = surfaceMetrics({ ...pairOf(each), convention: 'medpy', connectivity });
    const values = {
      hd: hausdorff['100'].symmetric,
      hd95: hausdorff['95'].symmetric,
      asdResultToReference: averageDistance.predictionToReference,
      asdReferenceToResult: averageDistance.referenceToPrediction,
      assd: averageDistance.symmetric,
    };
    for (const [key, value] of Object.entries(values)) {
      const wanted = 'all' in expected ? NaN : expected[key as keyof typeof values];
      expectClose(`${each.name} ${key}`, value, typeof wanted === 'object' ? NaN : wanted);
    }
  }
});

test("overlap and distances under the convention monai are MONAI's", () => {
  for (const each of binaryCases()) {
    const pair: SurfaceMetricsOptions = { ...pairOf(each), convention: 'monai' };
    const { monai } = each.expected;
    const close = (what: string, value: number, expected: number | string) => {
      expectClose(`${each.name} ${what}`, value, expected, 1e-5);
    };
    for (const ignoreEmpty of [true, false]) {
      const key = ignoreEmpty ? 'ignoreEmptyTrue' : 'ignoreEmptyFalse';
      const scores = overlapScores(overlapCounts(pair), { convention: 'monai', ignoreEmpty });
      close(`dice ${key}`, scores.dice, monai.dice[key]);
      close(`iou ${key}`, scores.iou, monai.iou[key]);
    }
    const { hausdorff, averageDistance, surfaceDice } = surfaceMetrics(pair);
    close('hd', hausdorff['100'].symmetric, monai.hd.max);
    close('hd95', hausdorff['95'].symmetric, monai.hd.p95);
    close('hd50', hausdorff['50'].symmetric, monai.hd.p50);
    close('hd directed', hausdorff['100'].predictionToReference, monai.hdDirectedPredToGt.max);
    close('hd95 directed', hausdorff['95'].predictionToReference, monai.hdDirectedPredToGt.p95);
    close('asd', averageDistance.predictionToReference, monai.asdPredToGt);
    close('assd', averageDistance.symmetric, monai.assd);
    for (const metric of ['chessboard', 'taxicab'] as const) {
      close(metric, surfaceMetrics({ ...pair, metric }).hausdorff['100'].symmetric, monai[`hd_${metric}`]);
    }
    const subvoxel = surfaceMetrics({ ...pair, surface: 'subvoxel' });
    each.tolerances.forEach((tolerance, i) => {
      close(`nsd ${tolerance}`, surfaceDice[String(tolerance)].symmetric, monai.surfaceDice[i]);
      const area = subvoxel.surfaceDice[String(tolerance)].symmetric;
      close(`nsd by area ${tolerance}`, area, monai.surfaceDiceSubvoxels[i]);
    });
  }
});

test("everything under the convention surface-distance is DeepMind's", () => {
  for (const each of binaryCases()) {
    const pair = { ...pairOf(each), convention: 'surface-distance' as const };
    const expected = each.expected.surfaceDistance;
    const close = (what: string, value: number, wanted: number | string) => {
      expectClose(`${each.name} ${what}`, value, wanted);
    };
    const { hausdorff, averageDistance, surfaceDice, surfaceArea, surface } = surfaceMetrics(pair);
    expect(surface).toBe('subvoxel');
    close('dice', dice(pair).value, expected.dice);
    close('area of the reference', surfaceArea.reference, expected.surfels.gtArea);
    close('area of the prediction', surfaceArea.prediction, expected.surfels.predArea);
    close('average of the reference', averageDistance.referenceToPrediction, expected.averageGtToPred);
    close('average of the prediction', averageDistance.predictionToReference, expected.averagePredToGt);
    for (const percent of ['50', '95', '100'] as const) {
      close(`hd${percent}`, hausdorff[percent].symmetric, expected.robustHausdorff[percent]);
    }
    each.tolerances.forEach((tolerance, i) => {
      const shares = surfaceDice[String(tolerance)];
      close(`nsd ${tolerance}`, shares.symmetric, expected.surfaceDice[i]);
      close(`overlap of the reference ${tolerance}`, shares.reference, expected.surfaceOverlap[i][0]);
      close(`overlap of the prediction ${tolerance}`, shares.prediction, expected.surfaceOverlap[i][1]);
    });
  }
});
