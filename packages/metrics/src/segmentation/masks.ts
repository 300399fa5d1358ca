import { MetricsError } from '../errors.js';
import type { EmptyMask } from './convention.js';
import { runFinder } from './runs.js';

/** A label, or a region as a list of labels. */
export type Label = number | readonly number[];

/** A reference and a predicted segmentation on one grid. */
export interface MaskPair {
  /** Whole numbers, flat, row-major. */
  reference: ArrayLike<number>;
  /** As `reference`. */
  prediction: ArrayLike<number>;
  /** What counts as foreground. Default: everything but 0. */
  label?: Label;
  /** Voxels of this reference label count nowhere; surfaces see background there, in both masks. */
  ignoreLabel?: number;
}

/** Voxels by what they are and what they were taken for. */
export interface OverlapCounts {
  tp: number;
  fp: number;
  fn: number;
  tn: number;
}

/** Bits of a mark: the voxel is foreground in the reference, in the prediction. */
export const inReference = 1;
export const inPrediction = 2;

/** Both masks in one array. */
export interface MarkedMasks {
  /** A sum of {@link inReference} and {@link inPrediction} for each voxel. */
  marks: Uint8Array;
  counts: OverlapCounts;
}

/** @throws MetricsError `length-mismatch`, `mask-empty`, `label-invalid` */
export function markMasks({ reference, prediction, label, ignoreLabel }: MaskPair): MarkedMasks {
  checkLabels({ reference, prediction });
  const belongs = membership(label);
  const ignored = 4;
  const markOf = (value: number) => (value === ignoreLabel ? ignored : belongs(value) ? inReference : 0);
  // Most labels are small, and a table is faster than a question.
  const ofReference = Uint8Array.from({ length: 256 }, (_, value) => markOf(value));
  const ofPrediction = Uint8Array.from({ length: 256 }, (_, value) => (belongs(value) ? inPrediction : 0));
  const marks = new Uint8Array(reference.length);
  const counts = new Float64Array(8);
  const markOfPair = (expected: number, found: number) =>
    (ofReference[expected] ?? markOf(expected)) | (ofPrediction[found] ?? (belongs(found) ? inPrediction : 0));
  // A voxel is mostly as the one before it, so marks are looked up, filled in and counted by runs.
  const endInReference = runFinder(reference);
  const endInPrediction = runFinder(prediction);
  let [expectedUntil, foundUntil] = [0, 0];
  for (let start = 0, end = 0; start < marks.length; start = end) {
    if (expectedUntil === start) {
      expectedUntil = endInReference(start);
    }
    if (foundUntil === start) {
      foundUntil = endInPrediction(start);
    }
    end = Math.min(expectedUntil, foundUntil);
    const mark = markOfPair(reference[start], prediction[start]);
    counts[mark] += end - start;
    if (mark !== 0 && mark < ignored) {
      marks.fill(mark, start, end);
    }
  }
  const [tn, fn, fp, tp] = counts;
  return { marks, counts: { tp, fp, fn, tn } };
}

function membership(label: Label | undefined): (value: number) => boolean {
  if (label === undefined) {
    return (value) => value !== 0;
  }
  if (typeof label === 'number') {
    return (value) => value === label;
  }
  const members = new Set(label);
  return (value) => members.has(value);
}

/** Which mask is empty, by the counts. */
export function emptyMaskOf({ tp, fp, fn }: OverlapCounts): EmptyMask {
  if (tp > 0) {
    return 'none';
  }
  if (fp === 0) {
    return fn === 0 ? 'both' : 'prediction';
  }
  return fn === 0 ? 'reference' : 'none';
}

/** @throws MetricsError `length-mismatch`, `mask-empty`, `label-invalid` */
export function checkLabels({ reference, prediction }: Pick<MaskPair, 'reference' | 'prediction'>): void {
  if (reference.length !== prediction.length) {
    throw new MetricsError(`The reference has ${reference.length} voxels, the prediction ${prediction.length}.`, {
      code: 'length-mismatch',
      remedy: 'Both must lie on the same grid.',
    });
  }
  checkWhole(reference, 'reference');
  checkWhole(prediction, 'prediction');
}

/** @throws MetricsError `mask-empty`, `label-invalid` */
export function checkWhole(labels: ArrayLike<number>, name: string): void {
  if (!(labels.length > 0)) {
    throw new MetricsError(`The ${name} has no voxels.`, { code: 'mask-empty', remedy: 'Give an array of labels.' });
  }
  // Arrays of integers hold nothing else.
  if (ArrayBuffer.isView(labels) && !(labels instanceof Float32Array) && !(labels instanceof Float64Array)) {
    return;
  }
  for (let i = 0; i < labels.length; i += 1) {
    if (!Number.isInteger(labels[i])) {
      throw new MetricsError(`Voxel ${i} of the ${name} is ${String(labels[i])}.`, {
        code: 'label-invalid',
        remedy: 'Labels are whole numbers; threshold probabilities first.',
      });
    }
  }
}

/** What {@link MaskPair} must be. */
export const maskPairRule = { reference: 'numbers', prediction: 'numbers', 'label?': 'label' };

/** What {@link OverlapCounts} must be. */
export const overlapCountsRule = { tp: 'number', fp: 'number', fn: 'number', tn: 'number' };

/** What a {@link MaskPair} on a grid must be. */
export const maskGridRule = {
  reference: 'numbers',
  prediction: 'numbers',
  shape: ['number'],
  'spacing?': ['number'],
};
