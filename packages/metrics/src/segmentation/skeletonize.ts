import { checkGiven } from '../check-given.js';
import { binaryMask, type MaskOptions, maskOptionsRule } from './border.js';
import { cropToForeground, type Crop, type Volume } from './grid.js';
import { thinPlane } from './thin-plane.js';
import { thinVolume } from './thin-volume.js';

/**
 * Thins a mask to lines of one voxel that keep its shape's connections: as scikit-image's `skeletonize`, in 2D by Zhang and
 * Suen, in 3D by Lee, Kashyap and Chu.
 *
 * @returns 0 and 1, as long as the mask.
 * @throws MetricsError `shape-invalid`, `spacing-invalid`, `length-mismatch`, `mask-empty`, `label-invalid`
 */
export function skeletonize(options: MaskOptions): Uint8Array {
  checkGiven(options, maskOptionsRule);

  const { marks, volume } = binaryMask(options);
  const skeleton = new Uint8Array(marks.length);
  const crop = cropToForeground(marks, volume);
  if (crop) {
    for (const index of skeletonVoxels(crop, volume, 1)) {
      skeleton[crop.indexInVolume(index)] = 1;
    }
  }
  return skeleton;
}

/** The skeleton of the voxels that bear a bit, as indices of the crop. A plane is thinned as one. */
export const skeletonVoxels = (crop: Crop, { dimensions, shape }: Volume, bit: number): number[] =>
  dimensions === 2 ? thinPlane(crop, bit) : thinVolume(crop, bit, shape[0] === 1);
