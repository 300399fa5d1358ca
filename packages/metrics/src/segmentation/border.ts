import { checkGiven } from '../check-given.js';
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
export function maskBorder(options: MaskOptions & { connectivity?: number }): Uint8Array {
  const { mask, connectivity = 1, ...grid } = checkGiven(options, maskOptionsRule);

  const { marks, volume } = binaryMask({ mask, ...grid });
  const border = new Uint8Array(mask.length);
  const crop = cropToForeground(marks, volume);
  if (crop) {
    for (const index of borderVoxels(crop, [1], connectivity)[0]) {
      border[crop.indexInVolume(index)] = 1;
    }
  }
  return border;
}

/** A checked mask as 0 and 1. */
export function binaryMask({ mask, ...grid }: MaskOptions) {
  checkWhole(mask, 'mask');
  const volume = checkGrid(grid, mask.length);
  return { marks: Uint8Array.from(mask, (value) => (value === 0 ? 0 : 1)), volume };
}

/**
 * The border of the voxels that bear a bit, for each bit of `bits`, as indices of the crop, ascending.
 *
 * @throws MetricsError `connectivity-invalid`
 */
export function borderVoxels({ marks, shape }: Crop, bits: readonly number[], connectivity: number): number[][] {
  if (connectivity !== 1 && connectivity !== 2 && connectivity !== 3) {
    throw new MetricsError(`The connectivity is ${String(connectivity)}.`, {
      code: 'connectivity-invalid',
      remedy: 'Give 1 (faces), 2 (edges too) or 3 (corners too).',
    });
  }
  const borders: number[][] = bits.map(() => []);
  const steps = neighbourSteps(shape, connectivity);
  // Written out for faces, the usual kind, as one expression for planes and volumes.
  const [, , columns] = shape;
  const plane = shape[0] > 1 ? shape[1] * columns : columns;
  for (let i = 0; i < marks.length; i += 1) {
    const mark = marks[i];
    if (mark === 0) {
      continue;
    }
    let around =
      marks[i - 1] & marks[i + 1] & marks[i - columns] & marks[i + columns] & marks[i - plane] & marks[i + plane];
    if (connectivity > 1) {
      for (let k = 0; k < steps.length; k += 1) {
        around &= marks[i + steps[k]];
      }
    }
    const bare = mark & ~around;
    if (bare === 0) {
      continue;
    }
    for (let k = 0; k < bits.length; k += 1) {
      if ((bare & bits[k]) !== 0) {
        borders[k].push(i);
      }
    }
  }
  return borders;
}

/** What {@link MaskOptions} must be. */
export const maskOptionsRule = { mask: 'numbers', shape: ['number'], 'spacing?': ['number'] };
