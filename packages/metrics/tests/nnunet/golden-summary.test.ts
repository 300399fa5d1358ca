import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { evaluateCase, RunningSummary, summarizeCases, type EvaluationSummary } from '../../src/index.js';
import { reference } from '../golden.js';
import { readGreyPng } from '../grey-png.js';

const folder = reference('nnunet-evaluation/');

/** Python's JSON, in which NaN is a bare word. */
const readSummary = (name: string): EvaluationSummary =>
  JSON.parse(readFileSync(`${folder}${name}.json`, 'utf8').replaceAll(/\bNaN\b/g, '"NaN"'), (_, value: unknown) =>
    value === 'NaN' ? NaN : value,
  ) as EvaluationSummary;

const summaries = [
  { name: 'summary_labels', labels: [1, 2] },
  { name: 'summary_labels_ignore3', labels: [1, 2], ignoreLabel: 3 },
  { name: 'summary_labels_with_absent_class4', labels: [1, 2, 4] },
  { name: 'summary_regions', labels: [[1, 2], 2] },
];

test.each(summaries)("$name.json is nnU-Net's to the last bit", ({ name, labels, ignoreLabel }) => {
  const running = new RunningSummary();
  const cases = readdirSync(`${folder}images/gt`)
    .sort()
    .map((file) =>
      evaluateCase({
        reference: readGreyPng(`${folder}images/gt/${file}`),
        prediction: readGreyPng(`${folder}images/pred/${file}`),
        labels,
        ignoreLabel,
        referenceFile: `/images/gt/${file}`,
        predictionFile: `/images/pred/${file}`,
      }),
    );
  const expected = readSummary(name);
  expect(summarizeCases(cases)).toEqual(expected);
  for (const each of cases) {
    running.add(each);
  }
  const { foreground_mean, mean } = running.summary();
  for (const [found, wanted] of [
    [foreground_mean, expected.foreground_mean],
    ...Object.keys(expected.mean).map((key) => [mean[key], expected.mean[key]] as const),
  ]) {
    for (const [metric, value] of Object.entries(wanted)) {
      const got = found[metric as keyof typeof found];
      expect(Number.isNaN(value) ? Number.isNaN(got) : Math.abs(got - value) < 1e-12).toBe(true);
    }
  }
});
