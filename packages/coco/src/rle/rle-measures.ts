import { checkArguments } from '@fractura/errors';
import { type Rle, rleRule } from './rle.js';
import { CocoError } from '../errors.js';

/** Foreground pixels of an RLE. */
export function rleArea(rle: Rle): number {
  checkArguments({ rle }, { rle: rleRule }, CocoError);
  const { counts } = rle;
  let area = 0;
  for (let i = 1; i < counts.length; i += 2) {
    area += counts[i];
  }
  return area;
}

/**
 * Smallest box around the foreground as [x, y, width, height] in pixels; [0, 0, 0, 0] where there is none.
 *
 * A run that crosses from one column into the next makes the box as high as the image.
 *
 * @see pycocotools: common/maskApi.c, rleToBbox
 */
export function rleBoundingBox(rle: Rle): [x: number, y: number, w: number, h: number] {
  checkArguments({ rle }, { rle: rleRule }, CocoError);
  const {
    size: [height, width],
    counts,
  } = rle;
  const boundaries = Math.floor(counts.length / 2) * 2;
  if (boundaries === 0) {
    return [0, 0, 0, 0];
  }
  let [left, top, right, bottom, position, runColumn] = [width, height, 0, 0, 0, 0];
  for (let i = 0; i < boundaries; i += 1) {
    position += counts[i];
    const pixel = position - (i % 2);
    const row = pixel % height;
    const column = (pixel - row) / height;
    if (i % 2 === 0) {
      runColumn = column;
    } else if (runColumn < column) {
      [top, bottom] = [0, height - 1];
    }
    left = Math.min(left, column);
    right = Math.max(right, column);
    top = Math.min(top, row);
    bottom = Math.max(bottom, row);
  }
  return [left, top, right - left + 1, bottom - top + 1];
}
