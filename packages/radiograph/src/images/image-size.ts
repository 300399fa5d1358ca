import { RadiographError } from '../errors.js';

/** Width and height in pixels. */
export interface ImageSize {
  width: number;
  height: number;
}

/** Width and height that an image is resized to, or its own. */
export type TargetSize = ImageSize | 'native';

/** @throws RadiographError `size-invalid` for sides that are not integers from 1 to 32767. */
export function checkSize(size: TargetSize): void {
  if (size === 'native') {
    return;
  }
  for (const side of [size.width, size.height]) {
    if (!Number.isInteger(side) || side < 1 || side > 32767) {
      throw new RadiographError(`An image of ${size.width} x ${size.height} pixels cannot be made.`, {
        code: 'size-invalid',
        remedy: 'Give width and height as integers from 1 to 32767.',
      });
    }
  }
}
