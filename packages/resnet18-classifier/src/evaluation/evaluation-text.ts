import { encodeCsv } from '@fractura/array-files';
import type { Interval } from '@fractura/metrics';
import { lineChart } from '@fractura/html-page';
import type { Evaluation } from './evaluate-predictions.js';

/** The evaluation as lines for a terminal. */
export function* evaluationLines(evaluation: Evaluation): Generator<string> {
  const { classNames, images, accuracy, auc, sensitivity, specificity, operatingPoint } = evaluation;
  const show = ({ value, lower, upper }: Interval) =>
    `${value.toFixed(4)} (${lower.toFixed(4)} to ${upper.toFixed(4)})`;
  yield `images             ${images}`;
  yield `accuracy           ${show(accuracy)}`;
  if (auc) {
    yield `AUC                ${show(auc)}`;
  }
  if (sensitivity && specificity) {
    const from = operatingPoint ? `, ${classNames[1]} from ${operatingPoint.threshold.toFixed(4)} on` : '';
    yield `sensitivity        ${show(sensitivity)}${from}`;
    yield `specificity        ${show(specificity)}`;
  }
  yield `balanced accuracy  ${evaluation.balancedAccuracy.toFixed(4)}`;
  yield `macro F1           ${evaluation.macroF1.toFixed(4)}`;
  yield `Matthews           ${evaluation.matthewsCorrelation.toFixed(4)}`;
  yield `Brier score        ${evaluation.brierScore.toFixed(4)}`;
  yield `calibration error  ${evaluation.calibrationError.toFixed(4)}`;
  for (const [i, row] of evaluation.confusionMatrix.entries()) {
    yield `labelled ${classNames[i]}: ${row.map((count, j) => `${count} as ${classNames[j]}`).join(', ')}`;
  }
}

/** The reliability curve as a table, a row for each bin. */
export const reliabilityCsv = ({ reliability }: Evaluation): string =>
  encodeCsv([
    ['images', 'confidence', 'frequency', 'lower', 'upper'],
    ...reliability.map(({ items, confidence, frequency, interval }) => [
      items,
      confidence,
      frequency,
      interval.lower,
      interval.upper,
    ]),
  ]);

/** The reliability curve with a bar for each interval, beside the diagonal of perfect calibration. */
export function reliabilitySvg({ reliability }: Evaluation): string {
  const chart = lineChart(
    [
      {
        name: 'frequency',
        points: reliability.map(({ confidence, frequency }) => [confidence, frequency]),
      },
      ...reliability.map(({ confidence, interval }) => ({
        name: '95 % interval',
        colour: '#8a96a3',
        points: [
          [confidence, interval.lower],
          [confidence, interval.upper],
        ] as const,
      })),
    ],
    {
      title: 'Reliability: frequency by predicted probability',
      x: { label: 'predicted probability', range: [0, 1] },
      y: { label: 'frequency', range: [0, 1] },
      diagonal: true,
      width: 420,
      height: 420,
    },
  );
  return `${chart.text.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"')}\n`;
}
