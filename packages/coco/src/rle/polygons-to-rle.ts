import { CocoError } from '../errors.js';
import { mergeRle } from './merge-rle.js';
import { furthestVertex, rasterizePolygon } from './rasterize-polygon.js';
import { decodeRle, type Rle } from './rle.js';

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

/** What is wrong with the polygons of one annotation, as the end of a sentence; undefined where they can be drawn. */
export function flawOfPolygons(polygons: readonly ArrayLike<number>[]): string | undefined {
  if (polygons.length === 0) {
    return 'has no polygon';
  }
  for (const [part, polygon] of polygons.entries()) {
    if (polygon.length % 2 !== 0) {
      return `has an odd count of coordinates (${polygon.length}) in part ${part + 1}`;
    }
    const fewest = part === 0 ? 6 : 2;
    if (polygon.length < fewest) {
      return `has ${polygon.length / 2} points in part ${part + 1}, fewer than ${fewest / 2}`;
    }
    for (let i = 0; i < polygon.length; i += 1) {
      if (!(Math.abs(polygon[i]) <= furthestVertex)) {
        return `has the coordinate ${polygon[i]} in part ${part + 1}, which cannot be drawn`;
      }
    }
  }
  return undefined;
}

const invalidPolygon = (message: string) =>
  new CocoError(message, {
    code: 'polygon-invalid',
    remedy: 'A polygon is [x, y, x, y, ...] with at least three points; correct the annotation.',
  });
