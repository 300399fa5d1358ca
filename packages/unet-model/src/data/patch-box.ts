import { roundHalfToEven, type RandomState } from '@fractura/python-compat';
import type { LabelSet } from '@fractura/nnunet-format';
import type { PreprocessedCase } from './preprocessed-case.js';

/** nnU-Net's `oversample_foreground_percent`: the share of a batch whose patches must show foreground. */
const foregroundShare = 0.33;

/** Whether sample `j` of a batch must show foreground: the last third of the batch does. */
export function mustShowForeground(j: number, batchSize: number): boolean {
  return j >= roundHalfToEven(batchSize * (1 - foregroundShare));
}

export interface PatchSizes {
  /** What is cut out, `[z, y, x]`; larger than the final patch where rotation and scaling follow. */
  initialZYX: readonly number[];
  /** What the network sees, `[z, y, x]`. */
  finalZYX: readonly number[];
}

/**
 * Where a patch begins: anywhere, or so that a voxel of a random foreground class lies at its centre. It may begin
 * before the image and end behind it.
 *
 * Draws in nnU-Net's order, so that the same state of the generator gives its boxes.
 *
 * @returns the first voxel `[z, y, x]`
 * @see nnU-Net: nnunetv2/training/dataloading/data_loader.py, nnUNetDataLoader.get_bbox
 */
export function drawPatchStart(
  random: RandomState,
  { shape, classLocations }: Pick<PreprocessedCase, 'shape' | 'classLocations'>,
  { initialZYX, finalZYX }: PatchSizes,
  labels: LabelSet,
  forceForeground: boolean,
): number[] {
  const bounds = initialZYX.map((initial, axis) => {
    const size = shape[axis + 1];
    let padding = initial - finalZYX[axis];
    if (padding + size < initial) {
      padding = initial - size;
    }
    const half = Math.floor(padding / 2);
    // Below 0 is padding: ceil(padding / 2) in front, floor(padding / 2) + padding mod 2 behind.
    return { low: -Math.ceil(padding / 2), high: size + half + (padding - 2 * half) - initial };
  });

  const voxel = forceForeground ? drawForegroundVoxel() : drawAnnotatedVoxel();
  return bounds.map(({ low, high }, axis) =>
    voxel ? Math.max(low, voxel[axis] - Math.floor(initialZYX[axis] / 2)) : random.randint(low, high + 1),
  );

  function drawForegroundVoxel(): number[] | undefined {
    const present = labels.foreground.map(({ key }) => key).filter((key) => (classLocations[key]?.length ?? 0) > 0);
    // Only what is annotated counts; without foreground any annotated voxel will do.
    const eligible = present.length > 0 || !labels.annotatedKey ? present : [labels.annotatedKey];
    if (eligible.length === 0) {
      return undefined;
    }
    return drawRow(classLocations[eligible[random.randint(0, eligible.length)]]);
  }

  function drawAnnotatedVoxel(): number[] | undefined {
    return labels.annotatedKey ? drawRow(classLocations[labels.annotatedKey]) : undefined;
  }

  function drawRow(rows: ArrayLike<number> | undefined): number[] | undefined {
    const count = (rows?.length ?? 0) / 4;
    if (!rows || count === 0) {
      return undefined;
    }
    const row = random.randint(0, count);
    return [rows[4 * row + 1], rows[4 * row + 2], rows[4 * row + 3]];
  }
}
