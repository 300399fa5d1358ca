import { flawOfPolygons } from '../polygons/flaw-of-polygons.js';
import { flawOfRle } from '../rle/check-rle.js';

/** Why a value cannot be drawn as a segmentation, as the end of a sentence about its annotation; undefined where it can. */
export function flawOfSegmentation(value: unknown): string | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? flawOfRle(value) : flawOfPolygons(value);
}
