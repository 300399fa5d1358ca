import { RadiographError } from '../errors.js';

/** How large an image may be. */
export interface SizeLimit {
  /**
   * Refuse images of more pixels, before memory is taken (default 2^26, as 8192 x 8192; at most 2^30). An image whose pixels
   * take more than four bytes, as 16-bit colour, may have as many fewer.
   */
  maxPixels?: number;
}

/** More than the largest detectors of radiographs and mammographs have, which is some 30 million. */
export const defaultMaxPixels = 2 ** 26;

/** What libvips and our own loops can count. */
const largestMaxPixels = 2 ** 30;

/** Bytes that a pixel may take, of an image of as many pixels as allowed. */
export const bytesOfPixel = 4;

/** @throws RadiographError `size-invalid` for a limit that is not an integer from 1 to 2^30. */
export function checkLimit({ maxPixels = defaultMaxPixels }: SizeLimit): number {
  if (Number.isInteger(maxPixels) && maxPixels >= 1 && maxPixels <= largestMaxPixels) {
    return maxPixels;
  }
  throw new RadiographError(`The limit of pixels is ${maxPixels}.`, {
    code: 'size-invalid',
    remedy: `Give maxPixels as an integer from 1 to ${largestMaxPixels}.`,
  });
}

/**
 * Refuses an image that would be too large, by what its header claims.
 *
 * @throws RadiographError `image-too-large`
 */
export function checkPixels(
  file: string,
  { width, height, bytes = 1 }: { width: number; height: number; bytes?: number },
  limit: SizeLimit,
): void {
  const maxPixels = checkLimit(limit);
  const most = Math.floor(Math.min(maxPixels, (maxPixels * bytesOfPixel) / bytes));
  if (width * height > most) {
    throw new RadiographError(
      `${file} claims ${width} x ${height} pixels of ${bytes} bytes, more than the limit of ${most} pixels.`,
      {
        code: 'image-too-large',
        remedy: 'Make the image smaller, or raise the option "maxPixels" if the file is trusted.',
      },
    );
  }
}
