import { flawOfPolygons } from '../polygons/flaw-of-polygons.js';
import { flawOfRle } from '../rle/check-rle.js';
import type { SegmentationFlaw } from '../segmentation-flaw.js';

export type { SegmentationFlaw } from '../segmentation-flaw.js';

/** Why a value cannot be drawn as a segmentation, and what to do about it; undefined where it can. */
export function flawOfSegmentation(value: unknown): SegmentationFlaw | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? flawOfRle(value) : flawOfPolygons(value);
}
