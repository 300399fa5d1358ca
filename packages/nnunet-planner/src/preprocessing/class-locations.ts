import type { LabelSet } from '@fractura/nnunet-format';
import { RandomState } from '@fractura/python-compat';

/** Every case draws with this seed. */
const caseSeed = RandomState.record(1234);
/** At most so many voxels of a class, but at least this share of them. */
const maximalCount = 10_000;
const minimalShare = 0.01;

/** Per class (`1`, `(1, 2)`), rows of four numbers 0, z, y, x of voxels of that class; no rows where it is absent. */
export type ClassLocations = Record<string, Int32Array>;

/**
 * Draws voxels of each class, from which training later centres patches on foreground. With an ignore label the annotated
 * voxels are a class, too.
 *
 * @param segmentation `[z, y, x]` in C order.
 * @see nnU-Net: nnunetv2/preprocessing/preprocessors/default_preprocessor.py, DefaultPreprocessor._sample_foreground_locations
 */
export function collectClassLocations(
  segmentation: Int16Array,
  shape: readonly number[],
  { foreground, allLabels, annotatedKey }: LabelSet,
): ClassLocations {
  const random = new RandomState(caseSeed);
  const countOf = countLabels(segmentation);
  const locations: ClassLocations = {};
  for (const { key, members } of foreground) {
    locations[key] = draw(typeof members === 'number' ? [members] : members);
  }
  if (annotatedKey !== undefined) {
    locations[annotatedKey] = draw([-1, ...allLabels]);
  }
  return locations;

  function draw(members: readonly number[]): Int32Array {
    const pool = poolOf(members, segmentation, countOf);
    const count = Math.max(Math.min(maximalCount, pool.length), Math.ceil(minimalShare * pool.length));
    const chosen = pool.length === 0 ? [] : random.choices(pool.length, count, { replace: false });
    return positionsOf(
      chosen.map((position) => pool[position]),
      shape,
    );
  }
}

/** Rows of 0, z, y, x. */
function positionsOf(voxels: readonly number[], [, sizeY, sizeX]: readonly number[]): Int32Array {
  const rows = new Int32Array(4 * voxels.length);
  voxels.forEach((index, row) => {
    rows[4 * row + 1] = Math.floor(index / (sizeY * sizeX));
    rows[4 * row + 2] = Math.floor(index / sizeX) % sizeY;
    rows[4 * row + 3] = index % sizeX;
  });
  return rows;
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
