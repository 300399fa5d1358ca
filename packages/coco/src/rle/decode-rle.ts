import { checkRle } from './check-rle.js';
import { rleArea } from './rle-measures.js';
import type { Rle } from './rle.js';

/**
 * The mask of an RLE.
 *
 * @returns row-major, [height, width], 0 or 1.
 * @throws CocoError `rle-invalid` when the runs do not fill height x width exactly.
 */
export function decodeRle(rle: Rle): Uint8Array {
  const mask = new Uint8Array(rle.size[0] * rle.size[1]);
  for (const pixel of foregroundOf(rle)) {
    mask[pixel] = 1;
  }
  return mask;
}

/**
 * Places of the foreground in the row-major mask, in the order of the runs.
 *
 * @throws CocoError `rle-invalid` when the runs do not fill height x width exactly.
 */
export function foregroundOf(rle: Rle): Uint32Array {
  const [height, width] = checkRle(rle).size;
  const pixels = new Uint32Array(rleArea(rle));
  let [row, column, found] = [0, 0, 0];
  for (const [index, count] of rle.counts.entries()) {
    if (index % 2 === 0) {
      column += Math.floor((row + count) / height);
      row = (row + count) % height;
      continue;
    }
    for (let left = count; left > 0; left -= 1) {
      pixels[found] = row * width + column;
      found += 1;
      row += 1;
      if (row < height) {
        continue;
      }
      row = 0;
      column += 1;
    }
  }
  return pixels;
}
