import type { Triple } from './grid.js';
import { neighbourSteps } from './neighbours.js';

/**
 * The number of steps from each voxel to the nearest feature, over faces (`taxicab`) or over faces, edges and corners
 * (`chessboard`), by one scan forward and one back.
 *
 * @param features Not 0 where a feature is; the outermost voxels of each axis of more than 1 count as far away.
 * @param shape With a margin of one voxel, as {@link cropToForeground} leaves it.
 * @see Rosenfeld and Pfaltz 1968, "Distance functions on digital pictures"
 */
export function chamferDistances(features: Uint8Array, shape: Triple, metric: 'chessboard' | 'taxicab'): Float64Array {
  const [slices, rows, columns] = shape;
  const distances = Float64Array.from(features, (feature) => (feature === 0 ? Infinity : 0));
  const steps = neighbourSteps(shape, metric === 'taxicab' ? 1 : 3);
  const before = steps.filter((step) => step < 0);
  const inner = (size: number) => (size > 1 ? 1 : 0);
  const relax = (i: number, sign: number) => {
    let nearest = distances[i];
    for (let k = 0; k < before.length; k += 1) {
      nearest = Math.min(nearest, distances[i + sign * before[k]] + 1);
    }
    distances[i] = nearest;
  };
  for (const sign of [1, -1]) {
    for (let a = inner(slices); a < Math.max(slices - 1, 1); a += 1) {
      for (let b = inner(rows); b < Math.max(rows - 1, 1); b += 1) {
        for (let c = inner(columns); c < Math.max(columns - 1, 1); c += 1) {
          const i = (a * rows + b) * columns + c;
          relax(sign > 0 ? i : distances.length - 1 - i, sign);
        }
      }
    }
  }
  return distances;
}
