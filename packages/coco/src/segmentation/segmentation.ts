import type { CocoRle } from '../rle/rle.js';

/** What a COCO file may hold as `segmentation`: polygons, each `[x, y, x, y, ...]` in pixels, or an RLE. */
export type CocoSegmentation = number[][] | CocoRle;

/** Whether a segmentation is a list of polygons and not an RLE. */
export const isPolygons = (segmentation: CocoSegmentation): segmentation is number[][] => Array.isArray(segmentation);
