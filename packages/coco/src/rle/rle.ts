import { CocoError } from '../errors.js';

/** A binary mask as run lengths, in COCO's own column-major order (down each column, columns from left to right). */
export interface Rle {
  /** Height and width of the mask in pixels. */
  size: [height: number, width: number];
  /** Lengths of the runs: background first (it may be 0), then foreground, and so on in turn. */
  counts: number[];
}

/** A `segmentation` of COCO that is an RLE: counts as a list (uncompressed) or as a string (compressed). */
export interface CocoRle {
  size: [height: number, width: number];
  counts: readonly number[] | string;
}

/**
 * Runs of a mask; any value but 0 is foreground.
 *
 * @param mask row-major, [height, width].
 * @throws CocoError `mask-invalid` when the length is not height x width.
 * @see pycocotools `maskApi.c`, rleEncode
 */
export function encodeRle(mask: ArrayLike<number>, height: number, width: number): Rle {
  if (mask.length !== height * width) {
    throw new CocoError(`A mask of ${mask.length} numbers does not have ${height} x ${width} pixels.`, {
      code: 'mask-invalid',
      remedy: 'Give the mask row by row, with its height and width.',
    });
  }
  const counts: number[] = [];
  let run = 0;
  let inside = false;
  for (let x = 0; x < width; x += 1) {
    for (let y = 0; y < height; y += 1) {
      if ((mask[y * width + x] !== 0) !== inside) {
        counts.push(run);
        run = 0;
        inside = !inside;
      }
      run += 1;
    }
  }
  counts.push(run);
  return { size: [height, width], counts };
}

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

/** Foreground pixels of an RLE. */
export function rleArea({ counts }: Rle): number {
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
 * @see pycocotools `maskApi.c`, rleToBbox
 */
export function rleBoundingBox({ size: [height, width], counts }: Rle): [x: number, y: number, w: number, h: number] {
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

/** Gives back a sound RLE; throws `rle-invalid` for any other. */
export function checkRle(rle: Rle): Rle {
  const { size, counts } = rle;
  if (size.length !== 2 || !size.every((side) => Number.isSafeInteger(side) && side > 0)) {
    throw invalidRle(`An RLE's size [${size.join(', ')}] is not a height and a width in pixels.`);
  }
  if (!counts.every((count) => Number.isSafeInteger(count) && count >= 0)) {
    throw invalidRle('An RLE holds a run that is not an integer of at least 0.');
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total !== size[0] * size[1]) {
    throw invalidRle(`An RLE's runs cover ${total} pixels; its size [${size.join(', ')}] has ${size[0] * size[1]}.`);
  }
  return rle;
}

export const invalidRle = (message: string) =>
  new CocoError(message, {
    code: 'rle-invalid',
    remedy: 'Export the annotations again; size is [height, width] and the runs go down the columns.',
  });
