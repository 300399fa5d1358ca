import { checkArguments, rule } from '@fractura/errors';
import { type BoundingBox } from '@fractura/nnunet-format';
import { boundingBox } from './bounding-box.js';
import { fillHoles } from './fill-holes.js';
import { NnunetPlannerError } from '../errors.js';

/** An image reduced to where it is not zero. */
export interface Cropped {
  /** `[channels, z, y, x]`; never the memory of the image. */
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
 * @see nnU-Net: nnunetv2/preprocessing/cropping/cropping.py, crop_to_nonzero
 */
export function cropToNonzero(data: Float32Array, shape: readonly number[], segmentation?: ArrayLike<number>): Cropped {
  checkArguments({ data, shape, segmentation }, cropToNonzeroArguments, NnunetPlannerError);
  const [channels, ...size] = shape;
  const [, sizeY, sizeX] = size;
  const mask = nonzeroMask(data, channels);
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
        const row = c * mask.length + from;
        cropped.set(data.subarray(row + x0, row + x1), c * croppedVoxels + to);
      }
      for (let index = from + x0; index < from + x1; index += 1, to += 1) {
        const label = segmentation ? segmentation[index] : 0;
        labels[to] = label === 0 && mask[index] === 0 ? -1 : label;
      }
    }
  }
  return { data: cropped, segmentation: labels, shape: croppedShape, box };
}

/** 1 where any channel is not 0. */
function nonzeroMask(data: Float32Array, channels: number): Uint8Array {
  const voxels = data.length / channels;
  const mask = new Uint8Array(voxels);
  for (let channel = 0, from = 0; channel < channels; channel += 1, from += voxels) {
    for (let i = 0; i < voxels; i += 1) {
      if (data[from + i] !== 0) {
        mask[i] = 1;
      }
    }
  }
  return mask;
}

const cropToNonzeroArguments = {
  data: rule.typedArray,
  shape: rule.listOf(rule.number()),
  segmentation: rule.optional(rule.numbers),
};
