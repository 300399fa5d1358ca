import type { Matrix4x4 } from './nifti-types.js';

/** How the stored axes of a volume (0 x, 1 y, 2 z) run through the patient. */
export interface Orientation {
  /** For right, anterior and superior the stored axis that runs along it. */
  axisOf: number[];
  /** By stored axis: whether it runs to the left, to the back or to the feet. */
  flipped: boolean[];
}

/**
 * The orientation of the stored axes by the directions of an affine that they come nearest to; the axis that is clearest is
 * assigned first.
 *
 * @param affine voxel indices (x, y, z) to RAS+ millimetres.
 * @see nibabel: `nibabel/orientations.py`, `io_orientation`
 */
export function orientationOfAffine(affine: Matrix4x4): Orientation {
  const axisOf = [-1, -1, -1];
  const flipped = [false, false, false];
  const norm = (column: number) => Math.hypot(affine[0][column], affine[1][column], affine[2][column]) || 1;
  const cosine = (world: number, axis: number) => affine[world][axis] / norm(axis);
  const strength = (axis: number) => Math.max(...[0, 1, 2].map((world) => Math.abs(cosine(world, axis))));
  for (const axis of [0, 1, 2].sort((a, b) => strength(b) - strength(a))) {
    const free = [0, 1, 2].filter((world) => axisOf[world] === -1);
    const nearest = free.reduce((best, world) =>
      Math.abs(cosine(world, axis)) > Math.abs(cosine(best, axis)) ? world : best,
    );
    axisOf[nearest] = axis;
    flipped[axis] = cosine(nearest, axis) < 0;
  }
  return { axisOf, flipped };
}

/**
 * The number of voxels along x, y, z as stored.
 *
 * @param shape `[z, y, x]` after turning the volume to RAS.
 */
export function storedSize(affine: Matrix4x4, shape: readonly number[]): number[] {
  const size = [0, 0, 0];
  orientationOfAffine(affine).axisOf.forEach((axis, world) => {
    size[axis] = shape[2 - world];
  });
  return size;
}

/**
 * The affine of a volume after turning it to RAS: x, y, z run to the right, the front and the top of the patient.
 *
 * @param affine of the volume as stored.
 * @param shape `[z, y, x]` after turning.
 */
export function rasAffine(affine: Matrix4x4, shape: readonly number[]): number[][] {
  const { axisOf, flipped } = orientationOfAffine(affine);
  const size = storedSize(affine, shape);
  return affine.map((row) => [
    ...axisOf.map((axis) => (flipped[axis] ? 0 - row[axis] : row[axis])),
    axisOf.reduce((sum, axis) => sum + (flipped[axis] ? row[axis] * (size[axis] - 1) : 0), row[3]),
  ]);
}
