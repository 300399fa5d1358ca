import { chamferDistances } from './chamfer.js';
import type { DistanceMetric } from './distance-transform.js';
import { squaredDistancesAt } from './euclidean.js';
import type { Crop, Volume } from './grid.js';
import type { Surface } from './surface.js';

/** The distances from the points of one surface to another, ascending, with what each point counts. */
export interface DirectedDistances {
  distances: Float64Array;
  /** Areas in the same order; absent where every point counts 1. */
  areas?: Float64Array;
}

/**
 * Infinity where the other surface has no point.
 *
 * @param crop Holds both surfaces.
 */
export function directedDistances(
  from: Surface,
  to: Surface,
  { crop, volume, metric }: { crop: Crop; volume: Volume; metric: DistanceMetric },
): DirectedDistances {
  const features = new Uint8Array(crop.marks.length);
  for (let i = 0; i < to.indices.length; i += 1) features[to.indices[i]] = 1;
  const distances =
    metric === 'euclidean'
      ? squaredDistancesAt(from.indices, features, crop.shape, volume.spacing).map(Math.sqrt)
      : pick(chamferDistances(features, crop.shape, metric), from.indices);
  return from.areas ? sortedByDistance(distances, from.areas) : { distances: distances.sort() };
}

const pick = (values: ArrayLike<number>, indices: ArrayLike<number>) => {
  const picked = new Float64Array(indices.length);
  for (let i = 0; i < picked.length; i += 1) picked[i] = values[indices[i]];
  return picked;
};

/** By area where distances are equal, as surface-distance sorts; numbers sort much faster than pairs. */
function sortedByDistance(distances: Float64Array, areas: readonly number[]): DirectedDistances {
  const sorted = distances.slice().sort();
  const ordered = new Float64Array(sorted.length);
  /** How many areas lie in the run of equal distances that begins at an index. */
  const filled = new Uint32Array(sorted.length);
  for (let i = 0; i < areas.length; i += 1) {
    const start = firstAtLeast(sorted, distances[i]);
    ordered[start + filled[start]] = areas[i];
    filled[start] += 1;
  }
  for (let start = 0; start < sorted.length; start += filled[start]) {
    ordered.subarray(start, start + filled[start]).sort();
  }
  return { distances: sorted, areas: ordered };
}

function firstAtLeast(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
