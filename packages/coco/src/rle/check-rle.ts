import { describeValue } from '@fractura/errors';
import { CocoError } from '../errors.js';
import { readCounts } from './rle-string.js';
import type { Rle } from './rle.js';

/** Gives back a sound RLE. @throws CocoError `rle-invalid` for any other. */
export function checkRle(rle: Rle): Rle {
  const flaw = flawOfRle(rle);
  if (flaw !== undefined) {
    throw new CocoError(`The segmentation ${flaw}.`, {
      code: 'rle-invalid',
      remedy: 'Export the annotations again; size is [height, width] and the runs go down the columns.',
    });
  }
  return rle;
}

/** Why a value is not an RLE of either kind, as the end of a sentence; undefined where it is one. */
export function flawOfRle({ size, counts }: { size?: unknown; counts?: unknown }): string | undefined {
  if (!isIntegers(size, 1) || size.length !== 2) {
    return `has a run-length mask of the size ${describeValue(size)}, not [height, width]`;
  }
  const read: { counts: unknown; flaw?: string } = typeof counts === 'string' ? readCounts(counts) : { counts };
  if (read.flaw !== undefined) {
    return read.flaw;
  }
  const runs = read.counts;
  if (!isIntegers(runs, 0)) {
    return `has the runs ${describeValue(counts)}, not whole numbers`;
  }
  const [height, width] = size;
  const covered = runs.reduce((sum, count) => sum + count, 0);
  if (covered !== height * width) {
    return `has runs that cover ${covered} pixels of a mask of ${width}x${height}`;
  }
  return undefined;
}

const isIntegers = (value: unknown, least: number): value is number[] =>
  Array.isArray(value) && value.every((entry) => Number.isSafeInteger(entry) && (entry as number) >= least);
