import { CocoError } from '../errors.js';
import { mergeRle } from '../rle/merge-rle.js';
import { flawOfPolygons } from './flaw-of-polygons.js';
import { rasterizePolygon } from './rasterize-polygon.js';
import { decodeRle } from '../rle/decode-rle.js';
import type { Rle } from '../rle/rle.js';

/**
 * The union of polygons as `COCO.annToRLE` of pycocotools draws a segmentation, equal to the last pixel.
 *
 * Parts are united, never subtracted: a hole needs a keyhole path. A polygon of less than a pixel may come out empty.
 *
 * @param polygons parts as [x, y, x, y, ...] in pixels of an image of height x width.
 * @throws CocoError `polygon-invalid` for what pycocotools refuses too: no part, or a first part of two points
 *   (it takes that for a box); and for an odd count or a coordinate that is not finite or too large.
 */
export function polygonsToRle(polygons: readonly ArrayLike<number>[], height: number, width: number): Rle {
  const flaw = flawOfPolygons(polygons);
  if (flaw !== undefined) {
    throw invalidPolygon(`The segmentation ${flaw}.`);
  }
  if (![height, width].every((side) => Number.isSafeInteger(side) && side > 0)) {
    throw invalidPolygon(`There is no image of ${height} x ${width} pixels to draw on.`);
  }
  return mergeRle(polygons.map((polygon) => rasterizePolygon(polygon, height, width)));
}

/** The same as a mask: row-major, [height, width], 0 or 1. */
export const rasterizePolygons = (polygons: readonly ArrayLike<number>[], height: number, width: number): Uint8Array =>
  decodeRle(polygonsToRle(polygons, height, width));

const invalidPolygon = (message: string) =>
  new CocoError(message, {
    code: 'polygon-invalid',
    remedy: 'A polygon is [x, y, x, y, ...] with at least three points; correct the annotation.',
  });
