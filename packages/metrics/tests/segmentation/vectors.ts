import { expect } from '@jest/globals';
import { readReference } from '../golden.js';

/** A number as the vectors spell it: NaN and the infinities are strings. */
export type Spelled = number | string;

/** A mask from its runs: 0, 1, 0, ... */
export function fromRuns(runs: readonly number[]): Uint8Array {
  return Uint8Array.from(runs.flatMap((length, i) => Array<number>(length).fill(i % 2)));
}

/** A label map from pairs of value and length. */
export function fromPairs(pairs: readonly number[]): Uint8Array {
  const labels = [];
  for (let i = 0; i < pairs.length; i += 2) {
    labels.push(...Array<number>(pairs[i + 1]).fill(pairs[i]));
  }
  return Uint8Array.from(labels);
}

/** Fails naming what differs by more than a relative tolerance. */
export function expectClose(what: string, value: number, expected: Spelled, tolerance = 1e-9): void {
  const wanted = Number(expected);
  const close = Object.is(value, wanted) || Math.abs(value - wanted) <= tolerance * Math.max(1, Math.abs(wanted));
  // One of very many: Jest is asked only to report.
  if (!close) {
    expect(`${what}: ${value}`).toBe(`${what}: ${wanted}`);
  }
}

/** The libraries' answer for one case, or the error that they raised. */
export type Maybe<T> = T | { error: string };

export const raised = <T>(answer: Maybe<T>): answer is { error: string } =>
  typeof answer === 'object' && answer !== null && 'error' in answer;

interface Distances {
  hd: Maybe<Spelled>;
  hd95: Maybe<Spelled>;
  asdResultToReference: Maybe<Spelled>;
  asdReferenceToResult: Maybe<Spelled>;
  assd: Maybe<Spelled>;
}

export interface BinaryCase {
  name: string;
  shape: number[];
  spacing: number[];
  tolerances: number[];
  gt: number[];
  pred: number[];
  expected: {
    counts: Record<'tp' | 'fp' | 'fn' | 'tn', number>;
    medpy: Record<'dc' | 'jc' | 'precision' | 'recall' | 'specificity' | 'ravd', Maybe<Spelled>> &
      Record<'conn1' | 'conn2' | 'conn3', Distances | { all: { error: string } } | undefined>;
    monai: Record<'dice' | 'iou', { ignoreEmptyTrue: Spelled; ignoreEmptyFalse: Spelled }> & {
      hd: { max: Spelled; p95: Spelled; p50: Spelled };
      hdDirectedPredToGt: { max: Spelled; p95: Spelled };
      surfaceDice: Spelled[];
      surfaceDiceSubvoxels: Spelled[];
    } & Record<'hd_chessboard' | 'hd_taxicab' | 'asdPredToGt' | 'assd', Spelled>;
    surfaceDistance: {
      surfels: Record<'gtCount' | 'predCount' | 'gtArea' | 'predArea', Spelled>;
      averageGtToPred: Spelled;
      averagePredToGt: Spelled;
      robustHausdorff: Record<'50' | '95' | '100', Spelled>;
      surfaceOverlap: [Spelled, Spelled][];
      surfaceDice: Spelled[];
      dice: Spelled;
    };
  };
}

export const binaryCases = (): BinaryCase[] =>
  ['2d', '3d'].flatMap(
    (part) => (readReference(`libraries/segmentation-${part}.json`) as { cases: BinaryCase[] }).cases,
  );
