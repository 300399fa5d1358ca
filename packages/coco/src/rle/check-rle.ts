import { describeValue } from '@fractura/errors';
import { CocoError } from '../errors.js';
import type { SegmentationFlaw } from '../segmentation-flaw.js';
import { mostPixels } from './mask-size.js';
import { readCounts } from './rle-string.js';
import type { Rle } from './rle.js';

/** Gives back a sound RLE. @throws CocoError `rle-invalid` for any other. */
export function checkRle(rle: Rle): Rle {
  const flaw = flawOfRle(rle);
  if (flaw !== undefined) {
    throw new CocoError(`The segmentation ${flaw.sentence}.`, { code: 'rle-invalid', remedy: flaw.remedy });
  }
  return rle;
}

/** Why a value is not an RLE of either kind; undefined where it is one. */
export function flawOfRle({ size, counts }: { size?: unknown; counts?: unknown }): SegmentationFlaw | undefined {
  if (!isIntegers(size, 1) || size.length !== 2) {
    return {
      sentence: `has a run-length mask of the size ${describeValue(size)}, not [height, width]`,
      remedy: 'Give "size" as two integers above 0: the height and the width of the image in pixels.',
    };
  }
  const [height, width] = size;
  if (height * width > mostPixels) {
    return {
      sentence: `has a run-length mask of ${width}x${height} pixels, more than ${mostPixels}`,
      remedy: 'Give the size of the image as [height, width], or export the annotations for a smaller image.',
    };
  }
  const read: { counts: unknown; flaw?: string } = typeof counts === 'string' ? readCounts(counts) : { counts };
  if (read.flaw !== undefined) {
    return { sentence: read.flaw, remedy: 'Export the mask again: the string was cut, edited or coded otherwise.' };
  }
  const runs = read.counts;
  if (!isIntegers(runs, 0)) {
    return {
      sentence: `has the runs ${describeValue(counts)}, not whole numbers`,
      remedy: 'Give "counts" as a list of run lengths of at least 0, or as a string that COCO compressed.',
    };
  }
  const covered = runs.reduce((sum, count) => sum + count, 0);
  if (covered !== height * width) {
    return {
      sentence: `has runs that cover ${covered} pixels of a mask of ${width}x${height}`,
      remedy: 'Export the mask again: its runs must fill height x width, the first of them background.',
    };
  }
  return undefined;
}

const isIntegers = (value: unknown, least: number): value is number[] =>
  Array.isArray(value) && value.every((entry) => Number.isSafeInteger(entry) && (entry as number) >= least);
