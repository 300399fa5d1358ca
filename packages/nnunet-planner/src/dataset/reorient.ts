import { checkArguments, rule } from '@fractura/errors';
import { orientationOfAffine, rasAffine, storedSize, type Matrix4x4 } from '@fractura/volume-io';
import type { VolumeFile } from './volume-file.js';
import { NnunetPlannerError } from '../errors.js';

/**
 * Turns a volume so that x, y, z run to the right, the front and the top of the patient (RAS), by the axes of its affine that
 * come nearest, as nibabel's `as_reoriented` and ITK's `DICOMOrient` do.
 */
export function toRas(volume: VolumeFile): VolumeFile {
  const { affine } = volume;
  if (affine === undefined) {
    return volume;
  }
  const { axisOf } = orientationOfAffine(affine);
  const [channels, ...sizeZyx] = volume.shape;
  const size = sizeZyx.toReversed();
  const data = volume.data.slice();
  const voxels = size[0] * size[1] * size[2];
  forEachRow(size, affine, ({ to, from, step, length }) => {
    for (let offset = 0; offset < data.length; offset += voxels) {
      for (let x = 0; x < length; x += 1) {
        data[offset + to + x] = volume.data[offset + from + x * step];
      }
    }
  });
  const spacing = volume.spacing.toReversed();
  const shape = axisOf.map((axis) => size[axis]).toReversed();
  return {
    ...volume,
    data,
    shape: [channels, ...shape] as VolumeFile['shape'],
    spacing: axisOf.map((axis) => spacing[axis]).toReversed() as VolumeFile['spacing'],
    affine: rasAffine(affine, shape),
  };
}

/**
 * Turns labels of a volume that a reader `…WithReorient` turned to RAS back to how the file stores it.
 *
 * @param labels `[z, y, x]` of `shape`, as the reader turned it.
 * @param affine the file's, voxels (x, y, z) to millimetres.
 * @returns labels and their shape `[z, y, x]` as stored.
 */
export function undoReorientation(
  labels: ArrayLike<number>,
  shape: readonly number[],
  affine: Matrix4x4,
): { labels: Float32Array; shape: number[] } {
  checkArguments({ labels, shape, affine }, undoReorientationArguments, NnunetPlannerError);
  const size = storedSize(affine, shape);
  const stored = new Float32Array(labels.length);
  forEachRow(size, affine, ({ to, from, step, length }) => {
    for (let x = 0; x < length; x += 1) {
      stored[from + x * step] = labels[to + x];
    }
  });
  return { labels: stored, shape: size.toReversed() };
}

/** A row along x of the turned volume: where it begins there, and where and in which steps its voxels are stored. */
interface Row {
  to: number;
  from: number;
  step: number;
  length: number;
}

/** @param size along x, y, z as stored. */
function forEachRow(size: readonly number[], affine: Matrix4x4, visit: (row: Row) => void): void {
  const { axisOf, flipped } = orientationOfAffine(affine);
  const steps = [1, size[0], size[0] * size[1]];
  const [length, height, depth] = axisOf.map((axis) => size[axis]);
  const [step, stepY, stepZ] = axisOf.map((axis) => (flipped[axis] ? -steps[axis] : steps[axis]));
  const start = axisOf.reduce((sum, axis) => sum + (flipped[axis] ? (size[axis] - 1) * steps[axis] : 0), 0);
  for (let z = 0, to = 0; z < depth; z += 1) {
    for (let y = 0; y < height; y += 1, to += length) {
      visit({ to, from: start + z * stepZ + y * stepY, step, length });
    }
  }
}

const undoReorientationArguments = {
  labels: rule.numbers,
  shape: rule.listOf(rule.number(), { lengths: [3] }),
  affine: rule.listOf(rule.listOf(rule.anyNumber), { lengths: [4] }),
};
