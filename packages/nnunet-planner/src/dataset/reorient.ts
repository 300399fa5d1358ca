import type { VolumeFile } from './volume-file.js';

/**
 * Turns a volume so that x, y, z run to the right, the front and the top of the patient (RAS), by the axes of its affine that
 * come nearest, as nibabel's `as_reoriented` and ITK's `DICOMOrient` do.
 */
export function toRas(volume: VolumeFile): VolumeFile {
  const { affine } = volume;
  if (affine === undefined) return volume;
  const { axisOf, flipped } = orientation(affine);
  // Sizes and steps along x, y, z as stored.
  const [channels, ...sizeZyx] = volume.shape;
  const size = sizeZyx.toReversed();
  const steps = [1, size[0], size[0] * size[1]];
  const newSize = axisOf.map((axis) => size[axis]);
  const step = axisOf.map((axis) => (flipped[axis] ? -steps[axis] : steps[axis]));
  const start = axisOf.reduce((sum, axis) => sum + (flipped[axis] ? (size[axis] - 1) * steps[axis] : 0), 0);
  const data = volume.data.slice();
  const voxels = size[0] * size[1] * size[2];
  let to = 0;
  for (let channel = 0; channel < channels; channel += 1) {
    for (let z = 0; z < newSize[2]; z += 1) {
      for (let y = 0; y < newSize[1]; y += 1) {
        let from = channel * voxels + start + z * step[2] + y * step[1];
        for (let x = 0; x < newSize[0]; x += 1, to += 1, from += step[0]) data[to] = volume.data[from];
      }
    }
  }
  const spacing = volume.spacing.toReversed();
  return {
    data,
    shape: [channels, newSize[2], newSize[1], newSize[0]],
    spacing: axisOf.map((axis) => spacing[axis]).toReversed() as VolumeFile['spacing'],
    affine: affineAfter(affine, size, axisOf, flipped),
  };
}

/** For R, A and S the stored axis (0 x, 1 y, 2 z) that runs along it, and which stored axes run against. */
export function orientation(affine: readonly (readonly number[])[]): { axisOf: number[]; flipped: boolean[] } {
  const axisOf = [-1, -1, -1];
  const flipped = [false, false, false];
  const norm = (column: number) => Math.hypot(affine[0][column], affine[1][column], affine[2][column]) || 1;
  const cosine = (world: number, axis: number) => affine[world][axis] / norm(axis);
  const strength = (axis: number) => Math.max(...[0, 1, 2].map((world) => Math.abs(cosine(world, axis))));
  // The clearest axes choose first.
  for (const axis of [0, 1, 2].sort((a, b) => strength(b) - strength(a))) {
    const free = [0, 1, 2].filter((world) => axisOf[world] === -1);
    const world = free.reduce((best, one) => (Math.abs(cosine(one, axis)) > Math.abs(cosine(best, axis)) ? one : best));
    axisOf[world] = axis;
    flipped[axis] = cosine(world, axis) < 0;
  }
  return { axisOf, flipped };
}

function affineAfter(
  affine: readonly (readonly number[])[],
  size: readonly number[],
  axisOf: readonly number[],
  flipped: readonly boolean[],
): number[][] {
  return affine.map((row) => [
    ...axisOf.map((axis) => (flipped[axis] ? 0 - row[axis] : row[axis])),
    axisOf.reduce((sum, axis) => sum + (flipped[axis] ? row[axis] * (size[axis] - 1) : 0), row[3]),
  ]);
}
