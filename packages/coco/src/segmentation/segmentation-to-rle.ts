import { polygonsToRle } from '../polygons/polygons-to-rle.js';
import { decompressCounts } from '../rle/rle-string.js';
import { checkRle } from '../rle/check-rle.js';
import type { CocoRle, Rle } from '../rle/rle.js';
import { isPolygons, type CocoSegmentation } from './segmentation.js';

/**
 * Run lengths of any segmentation of COCO, as `COCO.annToRLE` of pycocotools.
 *
 * @param frame height and width of the image in pixels; an RLE has its own.
 * @throws CocoError `polygon-invalid`, `rle-invalid`
 */
export function segmentationToRle(segmentation: CocoSegmentation, frame: { height: number; width: number }): Rle {
  return isPolygons(segmentation)
    ? polygonsToRle(segmentation, frame.height, frame.width)
    : decompressRle(segmentation);
}

/** Runs of either kind of RLE. @throws CocoError `rle-invalid` */
export function decompressRle({ size, counts }: CocoRle): Rle {
  return checkRle({ size, counts: typeof counts === 'string' ? decompressCounts(counts) : [...counts] });
}
