import type { DirectedDistances } from './directed-distances.js';

/** The mean distance, by area where points have one; NaN without points. */
export function meanDistance(...directions: readonly DirectedDistances[]): number {
  let [sum, area] = [0, 0];
  for (const { distances, areas } of directions) {
    for (let i = 0; i < distances.length; i += 1) sum += areas ? distances[i] * areas[i] : distances[i];
    area += surfaceArea({ distances, areas });
  }
  return sum / area;
}

/** The area of the surface, or its points where they have none. */
export function surfaceArea({ distances, areas }: DirectedDistances): number {
  return areas ? pairwiseSum(areas, 0, areas.length) : distances.length;
}

/**
 * A sum in numpy's order. At a percentile that a whole number of equal areas reaches exactly, the last bit of the total decides
 * which distance is taken.
 *
 * @see numpy `_core/src/umath/loops_utils.h.src`, pairwise sum
 */
function pairwiseSum(values: Float64Array, start: number, length: number): number {
  if (length > 128) {
    const half = Math.floor(length / 16) * 8;
    return pairwiseSum(values, start, half) + pairwiseSum(values, start + half, length - half);
  }
  let sum = 0;
  let done = 0;
  if (length >= 8) {
    const sums = values.slice(start, start + 8);
    for (done = 8; done + 8 <= length; done += 8) for (let k = 0; k < 8; k += 1) sums[k] += values[start + done + k];
    const [a, b, c, d, e, f, g, h] = sums;
    sum = a + b + (c + d) + (e + f + (g + h));
  }
  for (; done < length; done += 1) sum += values[start + done];
  return sum;
}

/** The area within a distance of the other surface, the distance included. */
export function areaWithin({ distances, areas }: DirectedDistances, tolerance: number): number {
  let area = 0;
  for (let i = 0; i < distances.length && distances[i] <= tolerance; i += 1) area += areas ? areas[i] : 1;
  return area;
}

/**
 * A percentile of ascending values, interpolated linearly, as numpy does by default.
 *
 * @param percent In 0..100.
 */
export function percentile(values: ArrayLike<number>, percent: number): number {
  if (values.length === 0) return NaN;
  const rank = (percent / 100) * (values.length - 1);
  const below = Math.floor(rank);
  const [low, high] = [values[below], values[Math.min(below + 1, values.length - 1)]];
  const share = rank - below;
  return share < 0.5 ? low + (high - low) * share : high - (high - low) * (1 - share);
}

/** The first distance by which a share of the area is reached, as surface-distance's robust Hausdorff distance. */
export function areaPercentile({ distances, areas }: DirectedDistances, percent: number): number {
  if (distances.length === 0) return Infinity;
  const total = surfaceArea({ distances, areas });
  let area = 0;
  for (let i = 0; i < distances.length; i += 1) {
    area += areas ? areas[i] : 1;
    if (area / total >= percent / 100) return distances[i];
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
