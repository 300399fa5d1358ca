import { readNifti, writeNifti, type Matrix4x4 } from '@fractura/volume-io';
import { writeImage } from '@fractura/volume-io/images';

/** Where the voxels of a NIfTI file lie. */
export interface LabelGrid {
  /** 2 or 3. */
  dimensions: number;
  /** Along x, y and, of three dimensions, z. */
  spacing: number[];
  /** Voxel indices to RAS+ mm. */
  affine: Matrix4x4;
}

export const isNifti = (file: string): boolean => /\.nii(\.gz)?$/.test(file);

/** The grid of an image, of its first three axes; undefined for pictures, which have none. */
export async function readLabelGrid(file: string): Promise<LabelGrid | undefined> {
  if (!isNifti(file)) return undefined;
  const { shape, spacing, affine } = await readNifti(file);
  const dimensions = Math.min(shape.length, 3);
  return { dimensions, spacing: spacing.slice(0, dimensions), affine };
}

/** Writes labels `[z, y, x]`, 8 bit where all are below 255 and 16 bit otherwise, as NIfTI on a grid or as a grey picture. */
export async function writeLabels(
  file: string,
  labels: ArrayLike<number>,
  [depth, height, width]: readonly number[],
  grid: LabelGrid | undefined,
): Promise<void> {
  let most = 0;
  for (let i = 0; i < labels.length; i += 1) if (labels[i] > most) most = labels[i];
  const data = most < 255 ? Uint8Array.from(labels) : Uint16Array.from(labels);
  if (!isNifti(file)) {
    await writeImage(file, { data, shape: [height, width] });
    return;
  }
  const shape = grid?.dimensions === 2 ? [width, height] : [width, height, depth];
  await writeNifti(file, { data, shape, ...(grid && { spacing: grid.spacing, affine: grid.affine }) });
}
