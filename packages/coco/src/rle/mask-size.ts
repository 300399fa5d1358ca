import { CocoError } from '../errors.js';

/** @throws CocoError `mask-invalid` when the length of a row-major mask is not height x width. */
export function requireMaskSize(mask: ArrayLike<number>, height: number, width: number): void {
  if (mask.length !== height * width) {
    throw new CocoError(`A mask of ${mask.length} numbers does not have ${height} x ${width} pixels.`, {
      code: 'mask-invalid',
      remedy: 'Give the mask row by row, with its height and width.',
    });
  }
}
