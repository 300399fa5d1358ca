import { writeImage } from '@fractura/radiograph';
import { writeNifti } from '@fractura/volume-io';
import type { DatasetFormat } from './dataset-folder.js';

/** nibabel's own level; the images hardly get smaller with more. */
const gzipLevel = 1;

/** An image, or a label map. */
export interface Plane {
  /** `[height, width]` */
  data: Uint8Array | Uint16Array;
  width: number;
  height: number;
  /** Millimetres between pixels, along a row and along a column. Default 1: they are not known. */
  spacing?: [x: number, y: number] | undefined;
}

/**
 * Writes one grey image, or label map: as NIfTI with the axes x, y (and z, one slice), or as PNG, which has no place for the spacing.
 * It does not wait for the disk, which would cost more than the writing; the file can be made again.
 *
 * @throws ArrayFilesError `file-unwritable`
 */
export async function writePlane(
  path: string,
  { data, width, height, spacing = [1, 1] }: Plane,
  { format, signal }: { format: DatasetFormat; signal?: AbortSignal | undefined },
): Promise<void> {
  if (format === 'png') {
    await writeImage(path, { data, shape: [height, width] }, { signal, flush: false });
    return;
  }
  const isThin = format === 'nifti';
  const shape = isThin ? [width, height, 1] : [width, height];
  const volume = { data, shape, spacing: isThin ? [...spacing, 1] : spacing };
  await writeNifti(path, volume, { level: gzipLevel, signal, flush: false });
}
