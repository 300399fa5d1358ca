import { CocoError } from '../errors.js';

/** As many pixels as a mask may have, 8192 x 8192: as images that are read. */
export const mostPixels = 2 ** 26;

/** @throws CocoError `mask-invalid` when the length of a row-major mask is not height x width. */
export function requireMaskSize(mask: ArrayLike<number>, height: number, width: number): void {
  if (!isSize(height, width)) {
    throw new CocoError(`A mask cannot have ${height} x ${width} pixels.`, {
      code: 'mask-invalid',
      remedy: `Give height and width as integers above 0, of at most ${mostPixels} pixels together.`,
    });
  }
  if (mask.length !== height * width) {
    throw new CocoError(`A mask of ${mask.length} numbers does not have ${height} x ${width} pixels.`, {
      code: 'mask-invalid',
      remedy: 'Give the mask row by row, with its height and width.',
    });
  }
}

/** Whether there can be a mask of this size. */
export const isSize = (height: number, width: number): boolean =>
  [height, width].every((side) => Number.isSafeInteger(side) && side > 0) && height * width <= mostPixels;
