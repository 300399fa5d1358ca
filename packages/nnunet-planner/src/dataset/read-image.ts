import { readNifti } from '@fractura/volume-io';
import { readImage as readPictureFile } from '@fractura/volume-io/images';
import { NnunetPlannerError } from '../errors.js';

/** An image as nnU-Net's readers give it. */
export interface ImageVolume {
  /** `[channels, z, y, x]` in C order. */
  data: Float32Array;
  /** `[channels, z, y, x]` */
  shape: [channels: number, z: number, y: number, x: number];
  /** Distance between voxels along z, y, x; pictures have 999, 1, 1. */
  spacing: [z: number, y: number, x: number];
}

/**
 * Reads the files of one case, one channel each, or one file of several channels.
 *
 * 2D volumes get a first axis of one voxel whose spacing is 999 times the pixel's, as in nnU-Net's SimpleITKIO.
 *
 * @throws NnunetPlannerError `channels-mismatch` where the files of a case differ in shape or spacing.
 * @throws VolumeIoError for files that are damaged.
 */
export async function readImage(files: readonly string[]): Promise<ImageVolume> {
  const channels = await Promise.all(files.map(readFileChannels));
  const [first, ...others] = channels;
  const odd = others.findIndex(
    ({ shape, spacing }) => shape.slice(1).join() !== first.shape.slice(1).join() || !allClose(spacing, first.spacing),
  );
  if (odd >= 0) {
    const { shape, spacing } = others[odd];
    throw new NnunetPlannerError(
      `${files[odd + 1]} has shape ${shape.slice(1).join(' x ')} and spacing ${spacing.join(', ')}; ` +
        `${files[0]} has ${first.shape.slice(1).join(' x ')} and ${first.spacing.join(', ')}`,
      { code: 'channels-mismatch', remedy: 'All channels of a case must lie on the same grid; resample them first.' },
    );
  }
  if (others.length === 0) return first;
  const count = channels.reduce((sum, { shape }) => sum + shape[0], 0);
  const data = new Float32Array(count * (first.data.length / first.shape[0]));
  let offset = 0;
  for (const channel of channels) {
    data.set(channel.data, offset);
    offset += channel.data.length;
  }
  return { data, shape: [count, ...first.shape.slice(1)] as ImageVolume['shape'], spacing: first.spacing };
}

/** numpy's `allclose` with its defaults, as nnU-Net compares spacings. */
export function allClose(a: readonly number[], b: readonly number[]): boolean {
  return a.every((value, i) => Math.abs(value - b[i]) <= 1e-8 + 1e-5 * Math.abs(b[i]));
}

async function readFileChannels(file: string): Promise<ImageVolume> {
  if (/\.(png|bmp|tif)$/i.test(file)) return readPicture(file);
  const { data, shape, spacing } = await readNifti(file);
  const values = Float32Array.from(data as Uint8Array);
  const [x, y, z = 1, channels = 1] = shape;
  const [dx, dy, dz] = spacing;
  // A 2D volume: the missing axis is far coarser than the pixels, so that it is never resampled.
  const first = shape.length === 2 ? 999 * Math.max(dx, dy) : dz;
  return { data: values, shape: [channels, z, y, x], spacing: [first, dy, dx].map(Math.abs) as ImageVolume['spacing'] };
}

async function readPicture(file: string): Promise<ImageVolume> {
  const { data, shape } = await readPictureFile(file);
  const [height, width, channels = 1] = shape;
  const planes = new Float32Array(data.length);
  const pixels = height * width;
  for (let i = 0; i < data.length; i += 1) planes[(i % channels) * pixels + Math.floor(i / channels)] = data[i];
  return { data: planes, shape: [channels, 1, height, width], spacing: [999, 1, 1] };
}
