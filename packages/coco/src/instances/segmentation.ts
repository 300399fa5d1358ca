import { flawOfPolygons } from '../rle/polygons-to-rle.js';
import { decompressCounts } from '../rle/rle-string.js';
import { checkRle, type CocoRle, type Rle } from '../rle/rle.js';

type Segmentation = number[][] | CocoRle;

export const isPolygons = (segmentation: Segmentation): segmentation is number[][] => Array.isArray(segmentation);

/** What is wrong with a segmentation, as the end of a sentence; undefined where it can be drawn in the frame. */
export function flawOfSegmentation(
  segmentation: Segmentation | null | undefined,
  frame: { width: number; height: number },
): string | undefined {
  if (segmentation === undefined || segmentation === null) {
    return 'is missing';
  }
  if (typeof segmentation !== 'object') {
    return 'is neither a list of polygons nor an RLE';
  }
  if (isPolygons(segmentation)) {
    if (!segmentation.every((part) => Array.isArray(part) && part.every((value) => typeof value === 'number'))) {
      return 'is not a list of lists of numbers';
    }
    return flawOfPolygons(segmentation);
  }
  try {
    const [height, width] = rleOfSegmentation(segmentation).size;
    if (height !== frame.height || width !== frame.width) {
      return `is an RLE of ${width} x ${height} pixels on an image of ${frame.width} x ${frame.height}`;
    }
  } catch (error) {
    return `is not a sound RLE: ${(error as Error).message.replace(/\.$/, '')}`;
  }
  return undefined;
}

/** Runs of either kind of RLE. @throws CocoToNiftiError `rle-invalid` */
export function rleOfSegmentation({ size, counts }: CocoRle): Rle {
  if (!isNumbers(size) || !(typeof counts === 'string' || isNumbers(counts))) {
    throw new TypeError('it is not { size: [height, width], counts }');
  }
  return checkRle({ size, counts: typeof counts === 'string' ? decompressCounts(counts) : counts });
}

const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'number');
