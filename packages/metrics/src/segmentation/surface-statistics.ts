import { pairwiseSum } from '../pairwise-sum.js';
import type { DirectedDistances } from './directed-distances.js';

/** The mean distance, by area where points have one; NaN without points. */
export function meanDistance(...directions: readonly DirectedDistances[]): number {
  let [sum, area] = [0, 0];
  for (const { distances, areas } of directions) {
    for (let i = 0; i < distances.length; i += 1) {
      sum += areas ? distances[i] * areas[i] : distances[i];
    }
    area += surfaceArea({ distances, areas });
  }
  return sum / area;
}

/** The area of the surface, or its points where they have none. */
export function surfaceArea({ distances, areas }: DirectedDistances): number {
  return areas ? pairwiseSum(areas) : distances.length;
}

/** The area within a distance of the other surface, the distance included. */
export function areaWithin({ distances, areas }: DirectedDistances, tolerance: number): number {
  let within = 0;
  while (within < distances.length && distances[within] <= tolerance) {
    within += 1;
  }
  return areas ? pairwiseSum(areas, 0, within) : within;
}

/** The first distance by which a share of the area is reached, as surface-distance's robust Hausdorff distance. */
export function areaPercentile({ distances, areas }: DirectedDistances, percent: number): number {
  if (distances.length === 0) {
    return Infinity;
  }
  const total = surfaceArea({ distances, areas });
  let area = 0;
  for (let i = 0; i < distances.length; i += 1) {
    area += areas ? areas[i] : 1;
    if (area / total >= percent / 100) {
      return distances[i];
    }
  }
  return distances[distances.length - 1];
}

/** All distances of both directions, ascending. */
export function pooled(first: DirectedDistances, second: DirectedDistances): Float64Array {
  const all = new Float64Array(first.distances.length + second.distances.length);
  all.set(first.distances);
  all.set(second.distances, first.distances.length);
  return all.sort();
}
