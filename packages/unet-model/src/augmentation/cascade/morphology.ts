import type { ElementRow } from './structuring-element.js';

/**
 * A binary morphological operation on a mask `[z, y, x]` of 0 and 1 in C order.
 *
 * @returns a new mask
 */
export type MorphologicalOperation = (
  mask: Uint8Array,
  sizeZYX: readonly number[],
  element: readonly ElementRow[],
) => Uint8Array;

/** 1 where the structuring element, laid at the voxel, meets the mask; beyond the border is nothing. */
export const dilate: MorphologicalOperation = (mask, size, element) => {
  const [depth, height, width] = size as [number, number, number];
  // Lines are whole words, so that four voxels are taken at once.
  const words = Math.ceil(width / 4);
  const dilated = new Uint32Array(depth * height * words);
  for (const { first, last, rows } of rowsByReach(element)) {
    const source = new Uint32Array(widen(mask, width, { first, last, stride: 4 * words }).buffer);
    for (const { z: dz, y: dy } of rows) {
      const lines = height - Math.abs(dy);
      for (let z = Math.max(dz, 0); z < Math.min(depth, depth + dz); z += 1) {
        let from = (z * height + Math.max(dy, 0)) * words;
        let to = ((z - dz) * height + Math.max(-dy, 0)) * words;
        for (const end = from + lines * words; from < end; from += 1, to += 1) {
          dilated[to] |= source[from];
        }
      }
    }
  }
  const bytes = new Uint8Array(dilated.buffer);
  const result = new Uint8Array(mask.length);
  for (let line = 0; line < depth * height; line += 1) {
    result.set(bytes.subarray(line * 4 * words, line * 4 * words + width), line * width);
  }
  return result;
};

/** The rows of an element that reach equally far along x: few, and lines are dilated by each reach once. */
function rowsByReach(element: readonly ElementRow[]) {
  const groups = new Map<string, { first: number; last: number; rows: ElementRow[] }>();
  for (const row of element) {
    const { first, last } = row;
    const key = `${first} ${last}`;
    const group = groups.get(key) ?? { first, last, rows: [] };
    group.rows.push(row);
    groups.set(key, group);
  }
  return groups.values();
}

/** Dilates every line of a mask by the voxels `first` to `last`; each line takes `stride` voxels of the result. */
function widen(
  mask: Uint8Array,
  width: number,
  { first, last, stride }: { first: number; last: number; stride: number },
): Uint8Array {
  const lines = mask.length / width;
  const widened = new Uint8Array(lines * stride);
  for (let line = 0, row = 0; line < lines; line += 1, row += width) {
    for (let x = 0; x < width; x += 1) {
      if (mask[row + x] === 0) {
        continue;
      }
      const begin = x;
      while (x + 1 < width && mask[row + x + 1] === 1) {
        x += 1;
      }
      const [from, to] = [Math.max(begin - last, 0), Math.min(x - first + 1, width)];
      if (from < to) {
        widened.fill(1, line * stride + from, line * stride + to);
      }
    }
  }
  return widened;
}

/** 1 where the whole structuring element lies in the mask; beyond the border counts as mask. */
export const erode: MorphologicalOperation = (mask, size, element) => invert(dilate(invert(mask), size, element));

/** Erosion of the dilation: fills gaps. */
export const close: MorphologicalOperation = (mask, size, element) => erode(dilate(mask, size, element), size, element);

/** Dilation of the erosion: removes what is thinner than the element. */
export const open: MorphologicalOperation = (mask, size, element) => dilate(erode(mask, size, element), size, element);

const invert = (mask: Uint8Array) => mask.map((value) => 1 - value);
