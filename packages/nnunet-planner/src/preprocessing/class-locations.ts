import { RandomState } from '@fractura/python-compat';
import { classKey, foregroundClasses, type LabelManager } from '@fractura/nnunet-format';

/** Every case draws with this seed. */
const seedOfCases = RandomState.record(1234);
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
  segmentation: Int16Array,
  shape: readonly number[],
  labels: LabelManager,
): ClassLocations {
  const random = new RandomState(seedOfCases);
  const annotated = labels.ignoreLabel === undefined ? [] : [[-1, ...labels.allLabels]];
  const countOf = countLabels(segmentation);
  const [, sizeY, sizeX] = shape;
  return Object.fromEntries(
    [...foregroundClasses(labels), ...annotated].map((members) => {
      const pool = poolOf(typeof members === 'number' ? [members] : members, segmentation, countOf);
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

/** The voxels of these labels, one label after the other. */
function poolOf(labels: readonly number[], segmentation: Int16Array, countOf: Map<number, number>): Uint32Array {
  const pool = new Uint32Array(labels.reduce((sum, label) => sum + (countOf.get(label) ?? 0), 0));
  let to = 0;
  for (const label of labels) {
    const end = to + (countOf.get(label) ?? 0);
    for (let i = 0; to < end; i += 1) {
      if (segmentation[i] === label) {
        pool[to++] = i;
      }
    }
  }
  return pool;
}

function countLabels(segmentation: Int16Array): Map<number, number> {
  const counts = new Map<number, number>();
  // Labels come in runs.
  for (let i = 0; i < segmentation.length;) {
    const label = segmentation[i];
    const start = i;
    while (i < segmentation.length && segmentation[i] === label) {
      i += 1;
    }
    counts.set(label, (counts.get(label) ?? 0) + i - start);
  }
  return counts;
}
