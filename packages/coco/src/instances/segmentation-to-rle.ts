import { polygonsToRle } from '../rle/polygons-to-rle.js';
import type { CocoRle, Rle } from '../rle/rle.js';
import { isPolygons, rleOfSegmentation } from './segmentation.js';

/** What a COCO file may hold as `segmentation`: polygons, each `[x, y, x, y, ...]`, or an RLE. */
export type CocoSegmentation = number[][] | CocoRle;

/**
 * Run lengths of any segmentation of COCO, as `COCO.annToRLE` of pycocotools.
 *
 * @param frame height and width of the image in pixels; an RLE has its own.
 * @throws CocoToNiftiError `polygon-invalid`, `rle-invalid`
 */
export function segmentationToRle(segmentation: CocoSegmentation, frame: { height: number; width: number }): Rle {
  return isPolygons(segmentation)
    ? polygonsToRle(segmentation, frame.height, frame.width)
    : rleOfSegmentation(segmentation);
}
