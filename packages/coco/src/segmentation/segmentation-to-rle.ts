import { checkArguments, checkOptions, rule } from '@fractura/errors';
import { polygonsToRle } from '../polygons/polygons-to-rle.js';
import { decompressCounts } from '../rle/rle-string.js';
import { checkRle } from '../rle/check-rle.js';
import { type CocoRle, cocoRleRule, type Rle } from '../rle/rle.js';
import { isPolygons, type CocoSegmentation } from './segmentation.js';
import { CocoError } from '../errors.js';

/**
 * Run lengths of any segmentation of COCO, as `COCO.annToRLE` of pycocotools.
 *
 * @param frame height and width of the image in pixels; an RLE has its own.
 * @throws CocoError `polygon-invalid`, `rle-invalid`
 */
export function segmentationToRle(segmentation: CocoSegmentation, frame: { height: number; width: number }): Rle {
  checkArguments({ segmentation, frame }, segmentationToRleArguments, CocoError);
  return isPolygons(segmentation)
    ? polygonsToRle(segmentation, frame.height, frame.width)
    : decompressRle(segmentation);
}

/** Runs of either kind of RLE. @throws CocoError `rle-invalid` */
export function decompressRle(options: CocoRle): Rle {
  const { size, counts } = checkOptions(options, cocoRleRule, CocoError);
  return checkRle({ size, counts: typeof counts === 'string' ? decompressCounts(counts) : [...counts] });
}

const segmentationToRleArguments = {
  segmentation: rule.either(rule.listOf(rule.listOf(rule.anyNumber)), cocoRleRule),
  frame: rule.fields({ height: rule.count, width: rule.count }),
};
