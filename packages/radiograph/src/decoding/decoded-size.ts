import type { Metadata } from 'sharp';
import { sizeOfPng } from './png-size.js';
import { checkPixels, type SizeLimit } from '../images/size-limit.js';

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
