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

function sortedByDistance(distances: Float64Array, areas: readonly number[]): DirectedDistances {
  // By area where distances are equal, as surface-distance sorts.
  const order = Uint32Array.from(distances.keys()).sort((a, b) => distances[a] - distances[b] || areas[a] - areas[b]);
  return { distances: pick(distances, order), areas: pick(areas, order) };
}
