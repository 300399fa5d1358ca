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
export const dilate: MorphologicalOperation = (mask, [depth, height, width], element) => {
  const dilated = new Uint8Array(mask.length);
  for (let z = 0, row = 0; z < depth; z++) {
    for (let y = 0; y < height; y++, row += width) {
      const end = row + width;
      for (let from = mask.indexOf(1, row); from >= 0 && from < end;) {
        const stop = mask.indexOf(0, from);
        const to = stop < 0 || stop > end ? end : stop;
        spread(z, y, from - row, to - 1 - row);
        from = to < end ? mask.indexOf(1, to) : -1;
      }
    }
  }
  return dilated;

  /** Sets every voxel from which the element reaches the run of voxels `x0` to `x1`. */
  function spread(z: number, y: number, x0: number, x1: number): void {
    for (const { z: dz, y: dy, first, last } of element) {
      const [toZ, toY] = [z - dz, y - dy];
      if (toZ < 0 || toZ >= depth || toY < 0 || toY >= height) continue;
      const line = (toZ * height + toY) * width;
      const [begin, end] = [Math.max(x0 - last, 0), Math.min(x1 - first + 1, width)];
      if (begin < end) dilated.fill(1, line + begin, line + end);
    }
  }
};

/** 1 where the whole structuring element lies in the mask; beyond the border counts as mask. */
export const erode: MorphologicalOperation = (mask, size, element) => invert(dilate(invert(mask), size, element));

/** Erosion of the dilation: fills gaps. */
export const close: MorphologicalOperation = (mask, size, element) => erode(dilate(mask, size, element), size, element);

/** Dilation of the erosion: removes what is thinner than the element. */
export const open: MorphologicalOperation = (mask, size, element) => dilate(erode(mask, size, element), size, element);

const invert = (mask: Uint8Array) => mask.map((value) => 1 - value);
