import { MetricsError } from '../errors.js';
import { checkGrid, cropToForeground, type Crop, type Grid } from './grid.js';
import { checkWhole } from './masks.js';
import { neighbourSteps } from './neighbours.js';

/** A mask of which a property is computed. */
export interface MaskOptions extends Grid {
  /** Whole numbers, flat, row-major; everything but 0 is foreground. */
  mask: ArrayLike<number>;
}

/**
 * The foreground voxels with a background neighbour: the mask without its erosion. Outside the image is background.
 *
 * @param options.connectivity Along how many axes a neighbour may differ: 1 (faces, the default) to 3 (corners).
 * @returns 0 and 1, as long as the mask.
 * @throws MetricsError `shape-invalid`, `spacing-invalid`, `length-mismatch`, `mask-empty`, `label-invalid`,
 * `connectivity-invalid`
 */
export function maskBorder({ mask, connectivity = 1, ...grid }: MaskOptions & { connectivity?: number }): Uint8Array {
  const { marks, volume } = binaryMask({ mask, ...grid });
  const border = new Uint8Array(mask.length);
  const crop = cropToForeground(marks, volume);
  if (crop) for (const index of borderVoxels(crop, 1, connectivity)) border[crop.indexInVolume(index)] = 1;
  return border;
}

/** A checked mask as 0 and 1. */
export function binaryMask({ mask, ...grid }: MaskOptions) {
  checkWhole(mask, 'mask');
  const volume = checkGrid(grid, mask.length);
  return { marks: Uint8Array.from(mask, (value) => (value === 0 ? 0 : 1)), volume };
}

/** The border of the voxels that bear a bit, as indices of the crop, ascending. */
export function borderVoxels({ marks, shape }: Crop, bit: number, connectivity: number): number[] {
  if (connectivity !== 1 && connectivity !== 2 && connectivity !== 3) {
    throw new MetricsError(`the connectivity is ${String(connectivity)}`, {
      code: 'connectivity-invalid',
      remedy: 'Give 1 (faces), 2 (edges too) or 3 (corners too).',
    });
  }
  const steps = neighbourSteps(shape, connectivity);
  const border = [];
  for (let i = 0; i < marks.length; i += 1) {
    if ((marks[i] & bit) === 0) continue;
    for (let k = 0; k < steps.length; k += 1) {
      if ((marks[i + steps[k]] & bit) === 0) {
        border.push(i);
        break;
      }
    }
  }
  return border;
}
