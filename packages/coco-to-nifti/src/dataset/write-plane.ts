import { writeImage } from '@fractura/radiograph';
import { writeNifti } from '@fractura/volume-io';
import type { DatasetFormat } from './dataset-folder.js';

/** nibabel's own level; the images hardly get smaller with more. */
const gzipLevel = 1;

/**
 * Writes one grey image, or label map: as NIfTI with the axes x, y (and z, one slice) and the identity affine, or as PNG.
 * It does not wait for the disk, which would cost more than the writing; the file can be made again.
 *
 * @throws ArrayFilesError `file-unwritable`
 */
export async function writePlane(
  path: string,
  { data, width, height }: { data: Uint8Array | Uint16Array; width: number; height: number },
  { format, signal }: { format: DatasetFormat; signal?: AbortSignal | undefined },
): Promise<void> {
  if (format === 'png') {
    await writeImage(path, { data, shape: [height, width] }, { signal, flush: false });
    return;
  }
  const shape = format === 'nifti' ? [width, height, 1] : [width, height];
  await writeNifti(path, { data, shape }, { level: gzipLevel, signal, flush: false });
}
