import { checkArguments, rule } from '@fractura/errors';
import { type CocoRle, cocoRleRule } from '../rle/rle.js';
import { CocoError } from '../errors.js';

/** What a COCO file may hold as `segmentation`: polygons, each `[x, y, x, y, ...]` in pixels, or an RLE. */
export type CocoSegmentation = number[][] | CocoRle;

/** Whether a segmentation is a list of polygons and not an RLE. */
export const isPolygons = (segmentation: CocoSegmentation): segmentation is number[][] => {
  checkArguments({ segmentation }, isPolygonsArguments, CocoError);
  return Array.isArray(segmentation);
};

const isPolygonsArguments = { segmentation: rule.either(rule.listOf(rule.listOf(rule.anyNumber)), cocoRleRule) };
