import { fillHoles } from './fill-holes.js';

/** Half-open ranges along z, y, x. */
export type BoundingBox = [start: number, end: number][];

/** An image reduced to where it is not zero. */
export interface Cropped {
  /** `[channels, z, y, x]` */
  data: Float32Array;
  /** `[z, y, x]`: the labels given, or 0; -1 where there is no label and no image (outside the non-zero mask). */
  segmentation: Int16Array;
  /** `[channels, z, y, x]` */
  shape: number[];
  box: BoundingBox;
}

/**
 * Crops an image to the bounding box of its non-zero voxels (of any channel, holes filled). An image of nothing but zeros
 * stays whole.
 *
 * @param data `[channels, z, y, x]` in C order.
 * @param segmentation `[z, y, x]`, where there is one.
 * @see reference/nnunet-v2/behaviour.md, section 2.1
 */
export function cropToNonzero(data: Float32Array, shape: readonly number[], segmentation?: ArrayLike<number>): Cropped {
  const [channels, sizeZ, sizeY, sizeX] = shape;
  const size = [sizeZ, sizeY, sizeX];
  const voxels = sizeZ * sizeY * sizeX;
  const mask = new Uint8Array(voxels);
  for (let i = 0; i < data.length; i += 1) if (data[i] !== 0) mask[i % voxels] = 1;
  fillHoles(mask, size);
  const box = boundingBox(mask, size);
  const [[z0, z1], [y0, y1], [x0, x1]] = box;
  const croppedShape = [channels, z1 - z0, y1 - y0, x1 - x0];
  const croppedVoxels = croppedShape[1] * croppedShape[2] * croppedShape[3];
  const cropped = new Float32Array(channels * croppedVoxels);
  const labels = new Int16Array(croppedVoxels);
  let to = 0;
  for (let z = z0; z < z1; z += 1) {
    for (let y = y0; y < y1; y += 1) {
      const from = (z * sizeY + y) * sizeX;
      for (let c = 0; c < channels; c += 1) {
        cropped.set(data.subarray(c * voxels + from + x0, c * voxels + from + x1), c * croppedVoxels + to);
      }
      for (let x = x0; x < x1; x += 1, to += 1) {
        const label = segmentation?.[from + x] ?? 0;
        labels[to] = label === 0 && mask[from + x] === 0 ? -1 : label;
      }
    }
  }
  return { data: cropped, segmentation: labels, shape: croppedShape, box };
}

function boundingBox(mask: Uint8Array, size: readonly number[]): BoundingBox {
  const [sizeZ, sizeY, sizeX] = size;
  const low = [sizeZ, sizeY, sizeX];
  const high = [-1, -1, -1];
  for (let z = 0, index = 0; z < sizeZ; z += 1) {
    for (let y = 0; y < sizeY; y += 1) {
      for (let x = 0; x < sizeX; x += 1, index += 1) {
        if (mask[index] === 0) continue;
        if (z < low[0]) low[0] = z;
        if (z > high[0]) high[0] = z;
        if (y < low[1]) low[1] = y;
        if (y > high[1]) high[1] = y;
        if (x < low[2]) low[2] = x;
        if (x > high[2]) high[2] = x;
      }
    }
  }
  if (high[0] < 0) return size.map((extent) => [0, extent]);
  return low.map((start, axis) => [start, high[axis] + 1]);
}
