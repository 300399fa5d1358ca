import type { Metadata } from 'sharp';
import { RadiographError } from '../errors.js';
import { sizeOfPng } from './png-size.js';

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
const bytesOfPixel = 4;

/** Deflate cannot shrink further than 1032:1 (zlib's technical notes). */
const largestDeflateRatio = 1032;

const sampleBytes: Record<string, number> = {
  uchar: 1,
  char: 1,
  ushort: 2,
  short: 2,
  double: 8,
  dpcomplex: 16,
  complex: 8,
};

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

/**
 * Refuses an image before it is decoded: one with more pixels than allowed, and a PNG whose bytes cannot hold what its header
 * claims.
 *
 * @throws RadiographError `image-too-large`
 * @throws Error whose message is the end of a sentence about the file.
 */
export function checkDecodedSize(file: string, encoded: Buffer, metadata: Metadata, limit: SizeLimit): void {
  const { width, height, channels, depth } = metadata;
  const bytes = channels * (sampleBytes[depth] ?? 4);
  checkPixels(file, { width, height, bytes }, limit);
  const png = sizeOfPng(encoded);
  if (png !== undefined && png.pixelBytes > png.compressedBytes * largestDeflateRatio) {
    throw new Error(`${width} x ${height} pixels do not fit its ${encoded.byteLength} bytes`);
  }
}
