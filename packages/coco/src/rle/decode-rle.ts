import { checkArguments } from '@fractura/errors';
import { checkRle } from './check-rle.js';
import { rleArea } from './rle-measures.js';
import { type Rle, rleRule } from './rle.js';
import { CocoError } from '../errors.js';

/**
 * The mask of an RLE.
 *
 * @returns row-major, [height, width], 0 or 1.
 * @throws CocoError `rle-invalid` when the runs do not fill height x width exactly, or there are more than 2^26 pixels.
 */
export function decodeRle(rle: Rle): Uint8Array {
  checkArguments({ rle }, { rle: rleRule }, CocoError);
  const [height, width] = checkRle(rle).size;
  const mask = new Uint8Array(height * width);
  visitForeground(rle, (pixel) => {
    mask[pixel] = 1;
  });
  return mask;
}

/**
 * Places of the foreground in the row-major mask, in the order of the runs.
 *
 * @throws CocoError `rle-invalid` when the runs do not fill height x width exactly, or there are more than 2^26 pixels.
 */
export function foregroundOf(rle: Rle): Uint32Array {
  checkArguments({ rle }, { rle: rleRule }, CocoError);
  const pixels = new Uint32Array(rleArea(checkRle(rle)));
  let found = 0;
  visitForeground(rle, (pixel) => {
    pixels[found] = pixel;
    found += 1;
  });
  return pixels;
}

/** Goes to each pixel of the foreground, in the order of the runs, by its place in the row-major mask. */
function visitForeground({ size: [height, width], counts }: Rle, visit: (pixel: number) => void): void {
  let [row, column] = [0, 0];
  for (const [index, count] of counts.entries()) {
    if (index % 2 === 0) {
      column += Math.floor((row + count) / height);
      row = (row + count) % height;
      continue;
    }
    for (let left = count; left > 0; left -= 1) {
      visit(row * width + column);
      row += 1;
      if (row < height) {
        continue;
      }
      row = 0;
      column += 1;
    }
  }
}
