import { undoReorientation } from '@fractura/nnunet-planner';
import { readNifti, writeNifti, type Matrix4x4 } from '@fractura/volume-io';
import { writeImage } from '@fractura/radiograph';

/** Where the voxels of a NIfTI file lie. */
export interface LabelGrid {
  /** 2 or 3. */
  dimensions: number;
  /** Along x, y and, of three dimensions, z. */
  spacing: number[];
  /** Voxel indices to RAS+ mm. */
  affine: Matrix4x4;
  /** The reader turned the volume to RAS: labels are turned back when written. */
  turned?: boolean;
}

export const isNifti = (file: string): boolean => /\.nii(\.gz)?$/.test(file);

/**
 * The grid of an image, of its first three axes; undefined for pictures, which have none.
 *
 * @param reader nnU-Net's, by which the image is read; those called `…WithReorient` turn it to RAS.
 */
export async function readLabelGrid(file: string, reader = ''): Promise<LabelGrid | undefined> {
  if (!isNifti(file)) {
    return undefined;
  }
  const { shape, spacing, affine } = await readNifti(file);
  const dimensions = Math.min(shape.length, 3);
  const grid = { dimensions, spacing: spacing.slice(0, dimensions), affine };
  return reader.endsWith('WithReorient') ? { ...grid, turned: true } : grid;
}

/** Writes labels `[z, y, x]`, as read for the network, 8 bit where all are below 255 and 16 bit otherwise, as NIfTI on a grid or as a grey picture. */
export async function writeLabels(
  file: string,
  asRead: ArrayLike<number>,
  shapeAsRead: readonly number[],
  grid: LabelGrid | undefined,
): Promise<void> {
  const stored = grid?.turned
    ? undoReorientation(asRead, shapeAsRead, grid.affine)
    : { labels: asRead, shape: shapeAsRead };
  const { labels } = stored;
  const [depth, height, width] = stored.shape;
  let most = 0;
  for (let i = 0; i < labels.length; i += 1) {
    if (labels[i] > most) {
      most = labels[i];
    }
  }
  const data = most < 255 ? Uint8Array.from(labels) : Uint16Array.from(labels);
  if (!isNifti(file)) {
    await writeImage(file, { data, shape: [height, width] });
    return;
  }
  const shape = grid?.dimensions === 2 ? [width, height] : [width, height, depth];
  await writeNifti(file, {
    data,
    shape,
    spacing: grid ? grid.spacing : undefined,
    affine: grid ? grid.affine : undefined,
  });
}
