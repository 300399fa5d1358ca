import { outputPositions } from './resize-lines.js';
import { resizeVolume, type Resizing, type Voxels } from './resize-volume.js';

/**
 * Resizes labels: each label's mask is resized, and a voxel takes the largest label whose share there is at least one half,
 * else 0.
 *
 * @param source labels `[z, y, x]` in C order.
 * @param target where the result goes; 0 everywhere.
 */
export function resizeLabels(source: Voxels, target: Voxels, resizing: Resizing): void {
  if (resizing.order === 1) {
    resizeLabelsLinearly(source, target, resizing);
  } else {
    resizeLabelVolumes(source, target, resizing);
  }
}

/**
 * The shares by linear interpolation, summed corner by corner as scipy sums them: at a share of one half the last bit decides.
 * Where all corners have one label there is nothing to sum.
 *
 * @see scipy `ndimage/src/ni_interpolation.c`, NI_ZoomShift
 */
function resizeLabelsLinearly(source: Voxels, target: Voxels, { from, to }: Resizing): void {
  const [zs, ys, xs] = from.map((length, axis) => neighbours(length, to[axis]));
  const [height, width] = [from[1], from[2]];
  const labels = new Float64Array(8);
  const shares = new Float64Array(8);
  let at = 0;
  for (let z = 0; z < to[0]; z += 1) {
    for (let y = 0; y < to[1]; y += 1) {
      const rows = [
        (zs.low[z] * height + ys.low[y]) * width,
        (zs.low[z] * height + ys.high[y]) * width,
        (zs.high[z] * height + ys.low[y]) * width,
        (zs.high[z] * height + ys.high[y]) * width,
      ];
      const [r0, r1, r2, r3] = rows;
      const [weightZ, weightY] = [zs.weight[z], ys.weight[y]];
      for (let x = 0; x < to[2]; x += 1, at += 1) {
        const [low, high, weightX] = [xs.low[x], xs.high[x], xs.weight[x]];
        const first = source[r0 + low];
        if (
          source[r0 + high] === first &&
          source[r1 + low] === first &&
          source[r1 + high] === first &&
          source[r2 + low] === first &&
          source[r2 + high] === first &&
          source[r3 + low] === first &&
          source[r3 + high] === first
        ) {
          target[at] = first;
          continue;
        }
        for (let corner = 0; corner < 8; corner += 1) {
          labels[corner] = source[rows[corner >> 1] + (corner & 1 ? high : low)];
          shares[corner] =
            (corner & 4 ? weightZ : 1 - weightZ) *
            (corner & 2 ? weightY : 1 - weightY) *
            (corner & 1 ? weightX : 1 - weightX);
        }
        target[at] = largestWithHalf(labels, shares);
      }
    }
  }
}

/** The largest label whose shares sum up to one half, in the order of the corners; 0 where no label's do. */
function largestWithHalf(labels: Float64Array, shares: Float64Array): number {
  let largest = 0;
  let found = false;
  for (let corner = 0; corner < labels.length; corner += 1) {
    const label = labels[corner];
    if (found && label <= largest) {
      continue;
    }
    let share = 0;
    for (let other = 0; other < labels.length; other += 1) {
      if (labels[other] === label) {
        share += shares[other];
      }
    }
    if (share < 0.5) {
      continue;
    }
    largest = label;
    found = true;
  }
  return largest;
}

/** The two samples around each output of a line, and the weight of the higher. */
function neighbours(from: number, to: number): { low: Int32Array; high: Int32Array; weight: Float64Array } {
  const positions = outputPositions(from, to).map((x) => Math.min(Math.max(x, 0), from - 1));
  const low = Int32Array.from(positions, Math.floor);
  return { low, high: low.map((i) => Math.min(i + 1, from - 1)), weight: positions.map((x, o) => x - low[o]) };
}

function resizeLabelVolumes(source: Voxels, target: Voxels, resizing: Resizing): void {
  const mask = new Float32Array(source.length);
  const share = new Float64Array(target.length);
  for (const label of labelsIn(source)) {
    for (let i = 0; i < mask.length; i += 1) {
      mask[i] = source[i] === label ? 1 : 0;
    }
    resizeVolume(mask, share, resizing);
    takeWhereHalf(share, target, label);
  }
}

function takeWhereHalf(share: Float64Array, target: Voxels, label: number): void {
  for (let i = 0; i < target.length; i += 1) {
    if (share[i] >= 0.5) {
      target[i] = label;
    }
  }
}

/** Ascending. */
export function labelsIn(...parts: Voxels[]): number[] {
  const found = new Set<number>();
  for (const part of parts) {
    let last: number | undefined;
    for (const label of part) {
      if (label === last) {
        continue;
      }
      last = label;
      found.add(label);
    }
  }
  return [...found].sort((a, b) => a - b);
}
