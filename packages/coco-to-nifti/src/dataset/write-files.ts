import { join } from 'node:path';
import sharp from 'sharp';
import writeFileAtomic from 'write-file-atomic';
import { writeNifti } from '@fractura/volume-io';
import { CocoToNiftiError } from '../errors.js';
import { reasonOf } from '@fractura/errors';
import type { DatasetFormat } from './dataset-folder.js';

/** nibabel's own level; the images hardly get smaller with more. */
const gzipLevel = 1;

/**
 * Writes one grey image, or label map: as NIfTI with the axes x, y (and z, one slice) and the identity affine, or as PNG.
 * It does not wait for the disk, which would cost more than the writing; the file can be made again.
 *
 * @throws CocoToNiftiError `output-unwritable`; VolumeIoError `file-unwritable`
 */
export async function writePlane(
  path: string,
  { data, width, height }: { data: Uint8Array | Uint16Array; width: number; height: number },
  { format, signal }: { format: DatasetFormat; signal?: AbortSignal | undefined },
): Promise<void> {
  if (format !== 'png') {
    const shape = format === 'nifti' ? [width, height, 1] : [width, height];
    await writeNifti(path, { data, shape }, { level: gzipLevel, signal, flush: false });
    return;
  }
  const png = sharp(data, { raw: { width, height, channels: 1 } })
    .toColourspace(data instanceof Uint16Array ? 'grey16' : 'b-w')
    .png();
  await writeWhole(path, await png.toBuffer(), { fsync: false });
}

/** Writes a small file beside its place and renames it. @throws CocoToNiftiError `output-unwritable` */
export async function writeWhole(
  path: string,
  content: string | Buffer,
  { fsync = true }: { fsync?: boolean } = {},
): Promise<void> {
  try {
    await writeFileAtomic(path, content, { fsync });
  } catch (cause) {
    throw new CocoToNiftiError(`${path} cannot be written: ${reasonOf(cause)}.`, {
      code: 'output-unwritable',
      remedy: 'Check that the folder exists, may be written to and has room.',
      cause,
    });
  }
}

/** Writes JSON, indented as nnU-Net indents it. */
export const writeJson = (path: string, value: unknown): Promise<void> =>
  writeWhole(path, `${JSON.stringify(value, undefined, 4)}\n`);

/** nnU-Net's description of a raw data set. */
export async function writeDatasetJson(
  folder: string,
  description: {
    channelName: string;
    labels: Record<string, number | number[]>;
    regionsClassOrder?: number[] | undefined;
    numTraining: number;
    fileEnding: string;
  },
): Promise<void> {
  const { channelName, labels, regionsClassOrder, numTraining, fileEnding } = description;
  await writeJson(join(folder, 'dataset.json'), {
    channel_names: { '0': channelName },
    labels,
    regions_class_order: regionsClassOrder,
    numTraining,
    file_ending: fileEnding,
  });
}
