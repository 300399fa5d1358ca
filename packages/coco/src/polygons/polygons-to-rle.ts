import { checkArguments, rule } from '@fractura/errors';
import { CocoError } from '../errors.js';
import { mergeRle } from '../rle/merge-rle.js';
import { flawOfPolygons } from './flaw-of-polygons.js';
import { isSize, mostPixels } from '../rle/mask-size.js';
import { crossingsOf, rasterizePolygon } from './rasterize-polygon.js';
import { decodeRle } from '../rle/decode-rle.js';
import type { Rle } from '../rle/rle.js';

/** As many columns as outlines may cross, all together: a memory of about 300 MB. */
const mostCrossings = 2 ** 22;

/**
 * The union of polygons as `COCO.annToRLE` of pycocotools draws a segmentation, equal to the last pixel.
 *
 * Parts are united, never subtracted: a hole needs a keyhole path. A polygon of less than a pixel may come out empty.
 *
 * @param polygons parts as [x, y, x, y, ...] in pixels of an image of height x width.
 * @throws CocoError `polygon-invalid` for what pycocotools refuses too: no part, or a first part of two points
 *   (it takes that for a box); and for an odd count or a coordinate that is not finite or too large, more than 2^20 coordinates, or 2^26 pixels.
 */
export function polygonsToRle(polygons: readonly ArrayLike<number>[], height: number, width: number): Rle {
  checkArguments({ polygons, height, width }, polygonsToRleArguments, CocoError);
  const flaw = flawOfPolygons(polygons);
  if (flaw !== undefined) {
    throw new CocoError(`The segmentation ${flaw.sentence}.`, { code: 'polygon-invalid', remedy: flaw.remedy });
  }
  if (!isSize(height, width)) {
    throw new CocoError(`There is no image of ${height} x ${width} pixels to draw on.`, {
      code: 'polygon-invalid',
      remedy: `Give height and width as integers above 0, of at most ${mostPixels} pixels together.`,
    });
  }
  const crossings = polygons.reduce((sum, polygon) => sum + crossingsOf(polygon, width), 0);
  if (crossings > mostCrossings) {
    throw new CocoError(
      `The segmentation has an outline that crosses up to ${crossings} columns of pixels, more than ${mostCrossings}.`,
      { code: 'polygon-invalid', remedy: 'Correct the outline, which runs to and fro, or export a run-length mask.' },
    );
  }
  return mergeRle(polygons.map((polygon) => rasterizePolygon(polygon, height, width)));
}

/** The same as a mask: row-major, [height, width], 0 or 1. */
export const rasterizePolygons = (
  polygons: readonly ArrayLike<number>[],
  height: number,
  width: number,
): Uint8Array => {
  checkArguments({ polygons, height, width }, rasterizePolygonsArguments, CocoError);
  return decodeRle(polygonsToRle(polygons, height, width));
};

const polygonsToRleArguments = { polygons: rule.listOf(rule.numbers), height: rule.count, width: rule.count };

const rasterizePolygonsArguments = { polygons: rule.listOf(rule.numbers), height: rule.count, width: rule.count };
