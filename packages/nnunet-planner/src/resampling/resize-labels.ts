import { planeResizer, resizeVolume, type Resizing, type Voxels } from './resize-volume.js';

/**
 * Resizes labels: each label's mask is resized, and a voxel takes the largest label whose share there is at least one half,
 * else 0.
 *
 * @param source labels `[z, y, x]` in C order.
 * @param target where the result goes; 0 everywhere.
 */
export function resizeLabels(source: Voxels, target: Voxels, resizing: Resizing): void {
  if (resizing.order === 1) resizeLabelsLinearly(source, target, resizing);
  else resizeLabelVolumes(source, target, resizing);
}

/** Linear shares of a slice need two slices of the source and the labels in these only. */
function resizeLabelsLinearly(source: Voxels, target: Voxels, { from, to }: Resizing): void {
  const slice = from[1] * from[2];
  const newSlice = to[1] * to[2];
  const resize = planeResizer(from.slice(1), to.slice(1), 1);
  const mask = new Float64Array(slice);
  for (let z = 0; z < to[0]; z += 1) {
    const position = Math.min(Math.max(((z + 0.5) * from[0]) / to[0] - 0.5, 0), from[0] - 1);
    const low = from[0] === to[0] ? z : Math.floor(position);
    const weight = from[0] === to[0] ? 0 : position - low;
    const below = source.subarray(low * slice, (low + 1) * slice);
    const above = weight === 0 ? below : source.subarray((low + 1) * slice, (low + 2) * slice);
    const result = target.subarray(z * newSlice, (z + 1) * newSlice);
    const labels = labelsIn(below, above);
    if (labels.length === 1) {
      result.fill(labels[0]);
      continue;
    }
    for (const label of labels) {
      for (let i = 0; i < slice; i += 1) {
        mask[i] = (below[i] === label ? 1 - weight : 0) + (above[i] === label ? weight : 0);
      }
      takeWhereHalf(resize(mask), result, label);
    }
  }
}

function resizeLabelVolumes(source: Voxels, target: Voxels, resizing: Resizing): void {
  const mask = new Float32Array(source.length);
  const share = new Float64Array(target.length);
  for (const label of labelsIn(source)) {
    for (let i = 0; i < mask.length; i += 1) mask[i] = source[i] === label ? 1 : 0;
    resizeVolume(mask, share, resizing);
    takeWhereHalf(share, target, label);
  }
}

function takeWhereHalf(share: Float64Array, target: Voxels, label: number): void {
  for (let i = 0; i < target.length; i += 1) if (share[i] >= 0.5) target[i] = label;
}

/** Ascending. */
export function labelsIn(...parts: Voxels[]): number[] {
  const found = new Set<number>();
  for (const part of parts) {
    let last: number | undefined;
    for (const label of part) {
      if (label === last) continue;
      last = label;
      found.add(label);
    }
  }
  return [...found].sort((a, b) => a - b);
}
