import { borderVoxels } from './border.js';
import type { Crop, Volume } from './grid.js';
import { contourLengths, surfaceAreas } from './surface-area.js';

/**
 * What stands for a surface: the border voxels of the mask, each counting 1 (`voxel`), or the points between voxels where
 * the marching-squares or -cubes surface passes, each counting its length or area (`subvoxel`).
 */
export type SurfaceKind = 'voxel' | 'subvoxel';

/** The points of a surface. */
export interface Surface {
  /** In the crop; between voxels, of the voxel after the point on each axis. */
  indices: readonly number[];
  /** Lengths in 2D, areas in 3D; absent where every point counts 1. */
  areas?: readonly number[];
}

/** The surfaces of the voxels that bear a bit, for each of `bits`. */
export function surfacesOf(
  crop: Crop,
  bits: readonly number[],
  { volume, surface, connectivity }: { volume: Volume; surface: SurfaceKind; connectivity: number },
): Surface[] {
  if (surface === 'voxel') {
    return borderVoxels(crop, bits, connectivity).map((indices) => ({ indices }));
  }
  const areas = volume.dimensions === 2 ? contourLengths(volume.spacing) : surfaceAreas(volume.spacing);
  return bits.map((bit) => surfaceBetweenVoxels(crop, bit, areas));
}

function surfaceBetweenVoxels({ marks, shape }: Crop, bit: number, areaOf: Float64Array): Surface {
  const [slices, rows, columns] = shape;
  const corners = slices > 1 ? [0, 1].map((z) => z * rows * columns) : [0];
  const steps = corners.flatMap((z) => [z, z + columns]);
  const beforeAll = steps[steps.length - 1] + 1;
  const full = 2 ** steps.length - 1;
  const indices: number[] = [];
  const areas: number[] = [];
  // Most cells lie inside or outside: four reads, in a plane two of them twice, tell.
  const [first, second, third = first, fourth = second] = steps;
  let left = 0;
  for (let i = 1; i + beforeAll <= marks.length; i += 1) {
    const a = marks[i + first];
    const b = marks[i + second];
    const c = marks[i + third];
    const d = marks[i + fourth];
    let right = 0;
    if ((a & b & c & d & bit) !== 0) {
      right = full;
    } else if (((a | b | c | d) & bit) !== 0) {
      for (let k = 0; k < steps.length; k += 1) {
        right = right * 2 + ((marks[i + steps[k]] & bit) === 0 ? 0 : 1);
      }
    }
    if (left !== right || (left !== 0 && left !== full)) {
      indices.push(i - 1 + beforeAll);
      areas.push(areaOf[interleaved(left, right, steps.length)]);
    }
    left = right;
  }
  return { indices, areas };
}

/** The pattern of a cell from those of its two faces across the columns. */
function interleaved(left: number, right: number, size: number): number {
  let pattern = 0;
  for (let k = size - 1; k >= 0; k -= 1) {
    pattern = pattern * 4 + ((left >> k) & 1) * 2 + ((right >> k) & 1);
  }
  return pattern;
}
