import type { ImageGrid } from '@fractura/nnunet-format';
import { inMillimetres, undoReorientation } from '@fractura/nnunet-planner';
import { writeImage } from '@fractura/radiograph';
import { readNifti, writeNifti } from '@fractura/volume-io';

/** Whether a file, by its name, is NIfTI; the other label files are pictures. */
export const isNifti = (file: string): boolean => /\.nii(\.gz)?$/.test(file);

/**
 * The grid of an image, of its first three axes; undefined for pictures, which have none.
 *
 * @param reader nnU-Net's, by which the image is read; those called `…WithReorient` turn it to RAS.
 */
export async function readLabelGrid(file: string, reader = ''): Promise<ImageGrid | undefined> {
  if (!isNifti(file)) {
    return undefined;
  }
  const stored = await readNifti(file);
  const { shape } = stored;
  const { spacing, affine } = inMillimetres(stored, reader === '' && file.endsWith('.nii') ? 'NibabelIO' : reader);
  const dimensions = Math.min(shape.length, 3);
  const grid = { dimensions, spacing: spacing.slice(0, dimensions), affine };
  return reader.endsWith('WithReorient') ? { ...grid, turned: true } : grid;
}

/** The labels of a case, and the file they go to. */
export interface LabelsToWrite {
  file: string;
  /** `[z, y, x]` as read for the network. */
  labels: ArrayLike<number>;
  /** `[z, y, x]` */
  shape: readonly number[];
  /** Of the image; pictures have none. */
  grid: ImageGrid | undefined;
}

/**
 * Writes labels on the grid of their image: NIfTI, or a grey picture of the first slice; 8 bits where all labels are below 255,
 * else 16.
 *
 * @see nnU-Net: nnunetv2/imageio/simpleitk_reader_writer.py and natural_image_reader_writer.py, write_seg
 */
export async function writeLabels({ file, labels: asRead, shape: shapeAsRead, grid }: LabelsToWrite): Promise<void> {
  const { labels, shape } = grid?.turned
    ? undoReorientation(asRead, shapeAsRead, grid.affine)
    : { labels: asRead, shape: shapeAsRead };
  const data = largestOf(labels) < 255 ? Uint8Array.from(labels) : Uint16Array.from(labels);
  const [depth, height, width] = shape;
  if (!isNifti(file)) {
    await writeImage(file, { data, shape: [height, width] });
    return;
  }
  await writeNifti(file, {
    data,
    shape: grid?.dimensions === 2 ? [width, height] : [width, height, depth],
    spacing: grid?.spacing,
    affine: grid?.affine,
  });
}

function largestOf(labels: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < labels.length; i += 1) {
    largest = Math.max(largest, labels[i]);
  }
  return largest;
}
