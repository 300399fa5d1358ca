import { expect, test } from '@jest/globals';
import { evaluateSegmentation, overlapScores, RunningStatistics, surfaceMetrics } from '../../src/index.js';
import { readReference } from '../golden.js';
import { expectClose, fromPairs, raised, type Maybe, type Spelled } from './vectors.js';

interface MulticlassCase {
  name: string;
  shape: number[];
  spacing: number[];
  labels: number;
  surfaceTolerance: number;
  gt: number[];
  pred: number[];
  expected: {
    monai: Record<string, Spelled[]>;
    sklearn: { f1PerClass: number[]; jaccardPerClass: number[] };
    medpy: ({ label: number } & Record<string, Maybe<Spelled>>)[];
    surfaceDistance: {
      label: number;
      averageGtToPred: Spelled;
      robustHausdorff: Record<string, Spelled>;
      surfaceDice: Spelled[];
      dice: Spelled;
    }[];
  };
}
const cases = () => (readReference('libraries/segmentation-multiclass.json') as { cases: MulticlassCase[] }).cases;

test('every label of a label map is measured as MONAI measures its channel', () => {
  for (const each of cases()) {
    const { monai } = each.expected;
    const pair = {
      reference: fromPairs(each.gt),
      prediction: fromPairs(each.pred),
      shape: each.shape,
      spacing: each.spacing,
      convention: 'monai' as const,
    };
    const { labels } = evaluateSegmentation({
      ...pair,
      labels: [0, 1, 2, 3],
      tolerances: [each.surfaceTolerance],
    });
    const close = (key: string, from: number, value: (label: number) => number) => {
      expect(monai).toHaveProperty(key);
      monai[key].forEach((expected, i) => {
        expectClose(`${each.name} ${key} ${i + from}`, value(i + from), expected, 1e-5);
      });
    };
    const of = (label: number) => labels[String(label)];
    close('hdExcludeBackground', 1, (label) => of(label).hausdorff['100'].symmetric);
    close('hd95ExcludeBackground', 1, (label) => of(label).hausdorff['95'].symmetric);
    close('hd95IncludeBackground', 0, (label) => of(label).hausdorff['95'].symmetric);
    close('assdExcludeBackground', 1, (label) => of(label).averageDistance.symmetric);
    close('asdExcludeBackground', 1, (label) => of(label).averageDistance.predictionToReference);
    const dice = of(1).surfaceDice[String(each.surfaceTolerance)];
    expect(dice).toBeDefined();
    close('surfaceDiceExcludeBackground', 1, (label) => of(label).surfaceDice[String(each.surfaceTolerance)].symmetric);
    const kept = (label: number) => overlapScores(of(label).counts, { convention: 'monai', ignoreEmpty: false });
    close('diceIncludeBackground', 0, (label) => of(label).dice);
    close('diceExcludeBackground', 1, (label) => of(label).dice);
    close('iouIncludeBackground', 0, (label) => of(label).iou);
    close('iouExcludeBackground', 1, (label) => of(label).iou);
    close('diceExcludeBackgroundIgnoreEmptyFalse', 1, (label) => kept(label).dice);
    close('iouExcludeBackgroundIgnoreEmptyFalse', 1, (label) => kept(label).iou);
    // Class by class the weights of the generalized Dice cancel.
    close('generalizedDiceIncludeBackground', 0, (label) => kept(label).dice);
    const statistics = new RunningStatistics();
    for (const label of [1, 2, 3]) {
      statistics.add(of(label));
    }
    const means = statistics.summary();
    for (const [key, path] of [
      ['meanDiceMetric', 'dice'],
      ['meanIoUMetric', 'iou'],
    ]) {
      expectClose(`${each.name} ${key}`, means[path].mean, monai[key] as unknown as Spelled, 1e-5);
    }
    // The metric class was recorded without spacing.
    const inVoxels = new RunningStatistics();
    for (const label of [1, 2, 3]) {
      inVoxels.add(surfaceMetrics({ ...pair, spacing: undefined, label }));
    }
    const { mean } = inVoxels.summary()['hausdorff.95.symmetric'];
    expectClose(`${each.name} meanHd95Metric`, mean, monai.meanHd95Metric as unknown as Spelled, 1e-5);
    each.expected.sklearn.f1PerClass.forEach((f1, label) => {
      // scikit-learn gives 0 where Dice is not defined.
      const { counts } = of(label);
      const scores = overlapScores(counts, { convention: 'nnunet' });
      expectClose(`${each.name} f1 ${label}`, Number.isNaN(scores.dice) ? 0 : scores.dice, f1);
      expectClose(
        `${each.name} jaccard ${label}`,
        Number.isNaN(scores.iou) ? 0 : scores.iou,
        each.expected.sklearn.jaccardPerClass[label],
      );
    });
  }
});

test("every label has MedPy's and surface-distance's values", () => {
  for (const each of cases()) {
    const options = {
      reference: fromPairs(each.gt),
      prediction: fromPairs(each.pred),
      shape: each.shape,
      spacing: each.spacing,
      labels: [1, 2, 3],
      tolerances: [each.surfaceTolerance],
    };
    const medpy = evaluateSegmentation({ ...options, convention: 'medpy' }).labels;
    for (const expected of each.expected.medpy) {
      const { dice, iou, hausdorff, averageDistance } = medpy[String(expected.label)];
      const values = {
        dc: dice,
        jc: iou,
        hd: hausdorff['100'].symmetric,
        hd95: hausdorff['95'].symmetric,
        assd: averageDistance.symmetric,
      };
      for (const [key, value] of Object.entries(values)) {
        const wanted = expected[key];
        if (wanted === undefined) {
          continue;
        }
        expectClose(`${each.name} ${key} ${expected.label}`, value, raised(wanted) ? NaN : wanted);
      }
    }
    const deepMind = evaluateSegmentation({ ...options, convention: 'surface-distance' }).labels;
    for (const expected of each.expected.surfaceDistance) {
      const { dice, hausdorff, averageDistance, surfaceDice } = deepMind[String(expected.label)];
      const what = (key: string) => `${each.name} ${key} ${expected.label}`;
      expectClose(what('dice'), dice, expected.dice);
      expectClose(what('hd95'), hausdorff['95'].symmetric, expected.robustHausdorff['95']);
      expectClose(what('average'), averageDistance.referenceToPrediction, expected.averageGtToPred);
      expectClose(what('nsd'), surfaceDice[String(each.surfaceTolerance)].symmetric, expected.surfaceDice[0]);
    }
  }
});

test('a region counts its labels as one, and ignored voxels are background to surfaces', () => {
  const reference = [0, 1, 2, 0, 3, 0, 1, 2, 0, 3];
  const prediction = [0, 1, 1, 0, 1, 0, 1, 1, 0, 1];
  const { labels } = evaluateSegmentation({
    reference,
    prediction,
    shape: [2, 5],
    labels: [1, [1, 2]],
    ignoreLabel: 3,
  });
  expect(labels['1'].counts).toEqual({ tp: 2, fp: 2, fn: 0, tn: 4 });
  expect(labels['(1, 2)']).toMatchObject({ dice: 1, boundaryIou: 1, counts: { tp: 4, fp: 0, fn: 0, tn: 4 } });
  expect(labels['(1, 2)'].hausdorff['100'].symmetric).toBe(0);
});
