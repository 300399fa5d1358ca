import { copyFile } from 'node:fs/promises';
import { readNifti, writeNifti } from '@fractura/volume-io';
import { NnunetError } from '../errors.js';

/**
 * Writes each channel of a NIfTI image of four dimensions into a file of its own, with the same geometry; one of three dimensions
 * is copied.
 *
 * @param targets one file for each channel.
 * @throws NnunetError `channels-unexpected`; VolumeIoError where the image is damaged.
 * @see nnU-Net: nnunetv2/dataset_conversion/convert_MSD_dataset.py, split_4d_nifti
 */
export async function writeChannels(file: string, targets: readonly string[], signal: AbortSignal): Promise<void> {
  const { data, shape, spacing, affine, header, components } = await readNifti(file, { signal });
  const [x, y, z = 1, channels = 1] = shape;
  if (shape.length > 4 || components > 1 || channels !== targets.length) {
    const found = shape.length > 4 || components > 1 ? `${shape.join(' x ')} voxels of ${components}` : `${channels}`;
    throw new NnunetError(`${file} has ${found} channels, dataset.json names ${targets.length}.`, {
      code: 'channels-unexpected',
      remedy: 'Name each channel under modality in dataset.json.',
    });
  }
  if (shape.length < 4) {
    await copyFile(file, targets[0]);
    return;
  }
  const voxels = x * y * z;
  for (const [channel, target] of targets.entries()) {
    await writeNifti(
      target,
      {
        data: data.slice(channel * voxels, (channel + 1) * voxels),
        shape: [x, y, z],
        spacing: spacing.slice(0, 3),
        affine,
        header: { units: header.units },
      },
      { signal },
    );
  }
}
