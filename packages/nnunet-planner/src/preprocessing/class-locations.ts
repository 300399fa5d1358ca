import { RandomState } from '@fractura/python-compat';
import { classKey, foregroundClasses, type LabelManager } from '../dataset/labels.js';

/** Every case draws with this seed. */
const seedOfCases = 1234;
const mostLocations = 10_000;
const leastShare = 0.01;

/** Per class (`1`, `(1, 2)`), rows of four numbers 0, z, y, x of voxels of that class; no rows where it is absent. */
export type ClassLocations = Record<string, Int32Array>;

/**
 * Draws voxels of each class, from which training later centres patches on foreground.
 *
 * @param segmentation `[z, y, x]` in C order.
 * @see reference/nnunet-v2/behaviour.md, section 4.4
 */
export function collectClassLocations(
  segmentation: ArrayLike<number>,
  shape: readonly number[],
  labels: LabelManager,
): ClassLocations {
  const random = new RandomState(seedOfCases);
  const annotated = labels.ignoreLabel === undefined ? [] : [[-1, ...labels.allLabels]];
  const indicesOf = indicesByLabel(segmentation);
  const [, sizeY, sizeX] = shape;
  return Object.fromEntries(
    [...foregroundClasses(labels), ...annotated].map((members) => {
      // A region's pool is its labels' voxels one label after the other.
      const pool = (typeof members === 'number' ? [members] : members).flatMap((label) => indicesOf.get(label) ?? []);
      const count = Math.max(Math.min(mostLocations, pool.length), Math.ceil(leastShare * pool.length));
      const chosen = pool.length === 0 ? [] : random.choices(pool.length, count, { replace: false });
      const rows = new Int32Array(4 * chosen.length);
      chosen.forEach((position, row) => {
        const index = pool[position];
        rows[4 * row + 1] = Math.floor(index / (sizeY * sizeX));
        rows[4 * row + 2] = Math.floor(index / sizeX) % sizeY;
        rows[4 * row + 3] = index % sizeX;
      });
      return [classKey(members), rows];
    }),
  );
}

function indicesByLabel(segmentation: ArrayLike<number>): Map<number, number[]> {
  const indices = new Map<number, number[]>();
  for (let i = 0; i < segmentation.length; i += 1) {
    const of = indices.get(segmentation[i]);
    if (of) of.push(i);
    else indices.set(segmentation[i], [i]);
  }
  return indices;
}
