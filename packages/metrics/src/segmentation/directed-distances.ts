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
  const distances =
    metric === 'euclidean'
      ? squaredDistancesAt(from.indices, to.indices, crop.shape, volume.spacing).map(Math.sqrt)
      : pick(chamferDistances(marksAt(to.indices, crop), crop.shape, metric), from.indices);
  return from.areas ? sortedByDistance(distances, from.areas) : { distances: distances.sort() };
}

const marksAt = (indices: readonly number[], { marks }: Crop) => {
  const marked = new Uint8Array(marks.length);
  for (let i = 0; i < indices.length; i += 1) {
    marked[indices[i]] = 1;
  }
  return marked;
};

const pick = (values: ArrayLike<number>, indices: ArrayLike<number>) => {
  const picked = new Float64Array(indices.length);
  for (let i = 0; i < picked.length; i += 1) {
    picked[i] = values[indices[i]];
  }
  return picked;
};

/** By area where distances are equal, as surface-distance sorts; numbers sort much faster than pairs. */
function sortedByDistance(distances: Float64Array, areas: readonly number[]): DirectedDistances {
  const sorted = distances.slice().sort();
  const starts: number[] = [];
  for (let i = 0; i < sorted.length; i += 1) {
    if (sorted[i] !== sorted[i - 1]) {
      starts.push(i);
    }
  }
  const unequal = Float64Array.from(starts, (start) => sorted[start]);
  const ends = Uint32Array.from(starts);
  const ordered = new Float64Array(sorted.length);
  for (let i = 0; i < areas.length; i += 1) {
    const run = indexOf(distances[i], unequal);
    ordered[ends[run]] = areas[i];
    ends[run] += 1;
  }
  for (let run = 0; run < starts.length; run += 1) {
    if (ends[run] - starts[run] > 1) {
      ordered.subarray(starts[run], ends[run]).sort();
    }
  }
  return { distances: sorted, areas: ordered };
}

/** The index of a value that is one of `ascending`. */
function indexOf(value: number, ascending: Float64Array): number {
  let [low, high] = [0, ascending.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
