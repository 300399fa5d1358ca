import { expect, test } from '@jest/globals';
import { evaluateCase, meanWithInterval, summarizeLesions, type CaseMetrics } from '../../src/index.js';

const judge = (name: string, reference: number[], prediction: number[]): CaseMetrics =>
  evaluateCase({ reference, prediction, labels: [1, 2], predictionFile: name });

/** Half of a lesion, one label for another, nothing found; two without a lesion, one of them with three marked voxels. */
const cases = [
  judge('half', [1, 1, 0, 0], [1, 0, 0, 0]),
  judge('confused', [1, 2, 0, 0], [2, 2, 0, 0]),
  judge('missed', [0, 0, 0, 2], [0, 0, 0, 0]),
  judge('quiet', [0, 0, 0, 0], [0, 0, 0, 0]),
  judge('marked', [0, 0, 0, 0], [1, 1, 2, 0]),
];
const alone = { groupOf: (metrics: CaseMetrics) => cases.indexOf(metrics), seed: 3 };

test('cases with a lesion are judged by all labels together, each voxel by its own', () => {
  const { lesions } = summarizeLesions(cases, alone);
  expect(lesions.map(({ metrics }) => metrics.prediction_file)).toEqual(['half', 'confused', 'missed']);
  expect(lesions.map(({ measures }) => measures)).toEqual([
    { Dice: 2 / 3, IoU: 1 / 2, Precision: 1, Recall: 1 / 2 },
    { Dice: 1 / 2, IoU: 1 / 3, Precision: 1 / 2, Recall: 1 / 2 },
    { Dice: 0, IoU: 0, Precision: NaN, Recall: 0 },
  ]);
});

test('means leave out cases where a measure is not defined, and draw groups whole', () => {
  const { means } = summarizeLesions(cases, alone);
  expect(means.Dice).toEqual(meanWithInterval([2 / 3, 1 / 2, 0], { seed: 3 }));
  expect(means.Precision).toMatchObject({ value: 3 / 4, cases: 2 });
  const together = summarizeLesions(cases, { groupOf: () => 0 });
  expect(together.means.Dice).toMatchObject({ value: means.Dice.value, lower: NaN });
});

test('false marks are counted on the other cases alone', () => {
  const { falseMarks } = summarizeLesions(cases, alone);
  expect(falseMarks).toMatchObject({ cases: 2, share: { value: 1 / 2 }, meanVoxels: 3 / 2 });
  expect(summarizeLesions(cases.slice(0, 3), alone).falseMarks).toBeUndefined();
});
