import { describeValue } from '@fractura/errors';
import { ReportError } from './errors.js';
import type { ReportData } from './report-data.js';

/**
 * Refuses data that no study can give: counts that are no counts, Dice beyond 0 to 1, bounds that do not hold their value, curves
 * with points that are not numbers, matrices that do not fit their classes, pictures that do not fit their masks. NaN is allowed
 * where a measure may be undefined.
 *
 * @throws ReportError `report-invalid`, which names the field and the value
 */
export function checkReportData(data: ReportData): void {
  requireThat('createdAt', data.createdAt, !Number.isNaN(Date.parse(data.createdAt)), 'a date as of ISO 8601');
  if (data.tryout !== undefined) {
    const { href } = data.tryout;
    requireThat('tryout.href', href, /^[\w-][\w./-]*$/.test(href), 'an address relative to the report');
  }
  for (const { title, counts } of data.dataset.distributions) {
    for (const { label, count } of counts) {
      requireThat(`The count "${label}" of ${title}`, count, isCount(count), 'a whole number from 0');
    }
  }
  for (const { code, count } of data.audit) {
    requireThat(`The count of the finding ${code}`, count, isCount(count), 'a whole number from 0');
  }
  checkSegmentation(data.segmentation);
  checkClassification(data.classification);
  for (const { name, seconds } of data.reproduction.stages) {
    requireThat(`The time of the stage ${name}`, seconds, seconds >= 0 && seconds < Infinity, 'seconds from 0');
  }
}

function checkSegmentation(section: ReportData['segmentation']): void {
  const { crossValidation, heldOut, diceByCase, trainingCurves, examples } = section;
  [...crossValidation, ...heldOut].forEach(checkMeasure);
  for (const dice of diceByCase) {
    requireThat('A Dice of a case', dice, isFraction(dice) || Number.isNaN(dice), 'a number from 0 to 1');
  }
  [...trainingCurves.loss, ...trainingCurves.dice].forEach(checkCurve);
  for (const { file, dice, image, reference, prediction } of examples) {
    requireThat(`The Dice of ${file}`, dice, isFraction(dice) || Number.isNaN(dice), 'a number from 0 to 1');
    const pixels = image.width * image.height;
    for (const [what, { length }] of [
      ['picture', image.data],
      ['reference', reference.data],
      ['prediction', prediction.data],
    ] as const) {
      requireThat(
        `The ${what} of ${file}`,
        length,
        length === pixels,
        `${pixels} pixels, ${image.width} x ${image.height}`,
      );
    }
  }
}

function checkClassification({ variants, differences }: ReportData['classification']): void {
  differences.forEach(checkMeasure);
  for (const { input, measures, loss, accuracy, roc, confusion } of variants) {
    measures.forEach(checkMeasure);
    [...loss, ...accuracy, roc].forEach(checkCurve);
    const { classes, counts } = confusion;
    const fits = counts.length === classes.length && counts.every((row) => row.length === classes.length);
    requireThat(
      `The confusion matrix of ${input}`,
      counts,
      fits && counts.flat().every(isCount),
      'counts, class by class',
    );
  }
}

function checkMeasure({
  name,
  value,
  lower = value,
  upper = value,
}: ReportData['segmentation']['heldOut'][number]): void {
  const isDefined = ![value, lower, upper].some(Number.isNaN);
  const holds = !isDefined || (lower <= upper && value >= lower - slack && value <= upper + slack);
  requireThat(
    `The interval of ${name}`,
    [lower, value, upper],
    holds,
    'a lower bound, the value and an upper bound, rising',
  );
}

/** Bounds and value may be rounded, each for itself. */
const slack = 1e-9;

function checkCurve({ name, points }: ReportData['segmentation']['trainingCurves']['loss'][number]): void {
  const bad = points.find(([x, y]) => !Number.isFinite(x) || y === Infinity || y === -Infinity);
  requireThat(`A point of the curve ${name}`, bad, bad === undefined, 'finite numbers');
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
const isFraction = (value: number): boolean => value >= 0 && value <= 1;

function requireThat(what: string, value: unknown, holds: boolean, wanted: string): void {
  if (!holds) {
    throw new ReportError(`${what} is ${describeValue(value)}.`, {
      code: 'report-invalid',
      remedy: `It must be ${wanted}: check what the report is made of.`,
    });
  }
}
