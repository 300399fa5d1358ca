import type { ReaderName } from '@fractura/nnunet-format';
import { readImage, readImageStack } from '@fractura/radiograph';
import { readNifti, type TypedArray } from '@fractura/volume-io';
import { NnunetPlannerError } from '../errors.js';
import { inMillimetres } from './millimetres.js';
import { toRas } from './reorient.js';
import type { NumberArray, VolumeFile } from './volume-file.js';

/**
 * Reads one file as one of nnU-Net's readers.
 *
 * @param options `labels`: of a PNG with a palette the indices count, which nnU-Net takes for colours.
 * @throws NnunetPlannerError `dimensions-unsupported` for volumes that the reader does not take.
 * @throws VolumeIoError, ArrayFilesError for files that are damaged or missing.
 */
export async function readVolumeFile(
  file: string,
  reader: ReaderName,
  { labels = false }: { labels?: boolean } = {},
): Promise<VolumeFile> {
  if (reader === 'NaturalImage2DIO') {
    return readPicture(file, labels);
  }
  if (reader === 'Tiff3DIO') {
    return readStack(file);
  }
  const volume = await readNiftiFile(file, reader);
  return reader.endsWith('WithReorient') ? toRas(volume) : volume;
}

async function readNiftiFile(file: string, reader: ReaderName): Promise<VolumeFile> {
  const stored = await readNifti(file);
  const { data, shape, components } = stored;
  const { spacing, affine, note } = inMillimetres(stored, reader);
  const size = withoutTrailingOnes(shape);
  if (components > 1) {
    throw unsupported(
      `${file} has ${components} numbers a voxel.`,
      'Write one file for each channel: CASE_0000, CASE_0001, and so on.',
    );
  }
  if (size.length > (reader.startsWith('Nibabel') ? 3 : 4) || (reader.startsWith('Nibabel') && size.length < 3)) {
    throw unsupported(
      `${file} has ${size.length} dimensions (${size.join(' x ')}); ${reader} takes three.`,
      size.length > 3
        ? 'Write one 3D file for each channel or point in time: CASE_0000, CASE_0001, and so on.'
        : 'Give it a third dimension of one voxel, or call the files .nii.gz.',
    );
  }
  const [x, y, z = 1, channels = 1] = size;
  const [dx, dy, dz] = spacing;
  // A 2D volume: the missing axis is far coarser than the pixels, so that it is never resampled.
  const first = size.length === 2 ? 999 * Math.max(dx, dy) : dz;
  const volume: VolumeFile = {
    data: withoutBigInts(data),
    shape: [channels, z, y, x],
    spacing: [first, dy, dx].map(Math.abs) as VolumeFile['spacing'],
    affine,
  };
  if (note !== undefined) {
    volume.notes = [`${file}: ${note}.`];
  }
  return volume;
}

const withoutBigInts = (data: TypedArray): NumberArray =>
  data instanceof BigInt64Array || data instanceof BigUint64Array ? Float64Array.from(data, Number) : data;

/** ITK drops axes of one voxel behind the third. */
function withoutTrailingOnes(shape: readonly number[]): number[] {
  const size = [...shape];
  while (size.length > 3 && size.at(-1) === 1) {
    size.pop();
  }
  return size;
}

async function readPicture(file: string, labels: boolean): Promise<VolumeFile> {
  const { data, shape } = await readImage(file, { palette: labels ? 'indices' : 'colours' });
  const [height, width, channels = 1] = shape;
  const size: VolumeFile['shape'] = [channels, 1, height, width];
  if (channels === 1) {
    return { data, shape: size, spacing: [999, 1, 1] };
  }
  const planes = data.slice();
  const pixels = height * width;
  for (let channel = 0, to = 0; channel < channels; channel += 1) {
    for (let i = 0, from = channel; i < pixels; i += 1, from += channels, to += 1) {
      planes[to] = data[from];
    }
  }
  return { data: planes, shape: size, spacing: [999, 1, 1] };
}

async function readStack(file: string): Promise<VolumeFile> {
  const { data, shape } = await readImageStack(file);
  const [slices, height, width] = shape;
  // tifffile gives a single page as a 2D array, which Tiff3DIO refuses.
  if (slices < 2) {
    throw unsupported(`${file} has one page; Tiff3DIO takes stacks.`, 'For 2D images call the files .tif.');
  }
  return { data, shape: [1, slices, height, width], spacing: [1, 1, 1] };
}

const unsupported = (what: string, remedy: string) =>
  new NnunetPlannerError(what, { code: 'dimensions-unsupported', remedy });
