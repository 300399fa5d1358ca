import { expect, test } from '@jest/globals';
import { renderReport, type ReportData } from '../src/index.js';
import { sampleReport } from './sample-report.js';

type Change = (report: ReportData) => ReportData;

const changes: [string, Change][] = [
  ['a date that is none', (report) => ({ ...report, createdAt: 'yesterday' })],
  [
    'a count that is negative',
    (report) => ({
      ...report,
      dataset: { ...report.dataset, distributions: [{ title: 'views', counts: [{ label: 'frontal', count: -1 }] }] },
    }),
  ],
  ['a Dice above 1', (report) => ({ ...report, segmentation: { ...report.segmentation, diceByCase: [0.5, 1.01] } })],
  [
    'an interval that does not hold its value',
    (report) => ({
      ...report,
      segmentation: { ...report.segmentation, heldOut: [{ name: 'Dice', value: 0.9, lower: 0.1, upper: 0.2 }] },
    }),
  ],
  [
    'a curve with an infinite point',
    (report) => ({
      ...report,
      segmentation: {
        ...report.segmentation,
        trainingCurves: { loss: [{ name: 'fold 0', points: [[0, Infinity]] }], dice: [] },
      },
    }),
  ],
  [
    'a confusion matrix of other classes',
    (report) => ({
      ...report,
      classification: {
        ...report.classification,
        variants: report.classification.variants.map((variant) => ({
          ...variant,
          confusion: { classes: ['a', 'b'], counts: [[1, 2]] },
        })),
      },
    }),
  ],
  [
    'a time that is not a number',
    (report) => ({ ...report, reproduction: { ...report.reproduction, stages: [{ name: 'audit', seconds: NaN }] } }),
  ],
];

test.each(changes)('%s is refused', (_, change) => {
  expect(() => renderReport(change(sampleReport()))).toThrow(expect.objectContaining({ code: 'report-invalid' }));
});

test('measures that are not defined are allowed', () => {
  const report = sampleReport();
  const heldOut = [{ name: 'Dice', value: NaN, lower: NaN, upper: NaN }];
  expect(renderReport({ ...report, segmentation: { ...report.segmentation, heldOut, diceByCase: [NaN] } })).toContain(
    'Dice',
  );
});
