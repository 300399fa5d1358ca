import { readFile } from 'node:fs/promises';
import { checkArguments, isMissing, reasonOf, rule } from '@fractura/errors';
import { NnunetPlannerError } from '../errors.js';
import { knownReader, readerOfFile } from './readers.js';
import { readVolumeFile } from './read-volume-file.js';
import type { NumberArray, VolumeFile } from './volume-file.js';

/** An image as nnU-Net's readers give it. */
export interface ImageVolume extends Omit<VolumeFile, 'data'> {
  /** `[channels, z, y, x]` in C order. */
  data: Float32Array;
}

/** The labels of a case, `[1, z, y, x]` in C order, of the stored type. */
export type SegmentationVolume = VolumeFile;

/** How to read. */
export interface ReadImageOptions {
  /** Name of nnU-Net's class, as plans record it (`image_reader_writer`). Default: by the ending. */
  reader?: string;
  /** The file holds labels: of a PNG or BMP with a palette its indices count (default false: its colours). */
  labels?: boolean;
}

/**
 * Reads the files of one case, one channel each, or one file of several channels.
 *
 * Pictures have spacing 999, 1, 1. 2D volumes get a first axis of one voxel whose spacing is 999 times the pixel's, as in
 * nnU-Net's SimpleITKIO. The readers `…WithReorient` turn volumes to RAS. Stacks of TIFF have the spacing of the `.json` beside
 * them, else 1, 1, 1.
 *
 * @throws NnunetPlannerError `channels-mismatch` where the files of a case differ in shape or spacing, `no-images`,
 *   `dimensions-unsupported`, `spacing-file-invalid`, `reader-unknown`.
 * @throws VolumeIoError, ArrayFilesError for files that are damaged or missing.
 */
export async function readImage(files: readonly string[], options: ReadImageOptions = {}): Promise<ImageVolume> {
  checkArguments({ files, options }, readImageArguments, NnunetPlannerError);
  const { reader, labels = false } = options;
  if (files.length === 0) {
    throw new NnunetPlannerError('A case has no image.', {
      code: 'no-images',
      remedy: 'Images are named CASE_0000, CASE_0001, and so on.',
    });
  }
  const name = reader === undefined ? await readerOfFile(files[0]) : knownReader(reader);
  const channels: VolumeFile[] = [];
  for (const file of files) {
    channels.push(await readVolumeFile(file, name, { labels }));
  }
  const [first, ...others] = channels;
  const odd = others.findIndex(
    ({ shape, spacing }) => shape.slice(1).join() !== first.shape.slice(1).join() || !allClose(spacing, first.spacing),
  );
  if (odd >= 0) {
    const { shape, spacing } = others[odd];
    throw new NnunetPlannerError(
      `${files[odd + 1]} has shape ${shape.slice(1).join(' x ')} and spacing ${spacing.join(', ')}; ` +
        `${files[0]} has ${first.shape.slice(1).join(' x ')} and ${first.spacing.join(', ')}.`,
      { code: 'channels-mismatch', remedy: 'All channels of a case must lie on the same grid; resample them first.' },
    );
  }
  const spacing =
    name === 'Tiff3DIO' ? await spacingBeside(files[0].replace(/_\d{4}(?=\.tiff?$)/i, '')) : first.spacing;
  if (others.length === 0) {
    return { ...first, spacing, data: toFloat32(first.data) };
  }
  const count = channels.reduce((sum, { shape }) => sum + shape[0], 0);
  const data = new Float32Array(count * (first.data.length / first.shape[0]));
  let offset = 0;
  for (const channel of channels) {
    data.set(toFloat32(channel.data), offset);
    offset += channel.data.length;
  }
  return { ...first, data, shape: [count, ...first.shape.slice(1)] as VolumeFile['shape'], spacing };
}

/**
 * Reads the labels of a case, with the numbers of the stored type.
 *
 * @throws as `readImage`.
 */
export async function readSegmentation(
  file: string,
  options: Pick<ReadImageOptions, 'reader'> = {},
): Promise<SegmentationVolume> {
  checkArguments({ file, options }, readSegmentationArguments, NnunetPlannerError);
  const { reader } = options;
  const name = reader === undefined ? await readerOfFile(file) : knownReader(reader);
  const volume = await readVolumeFile(file, name, { labels: true });
  return name === 'Tiff3DIO' ? { ...volume, spacing: await spacingBeside(file) } : volume;
}

/** numpy's `allclose` with its defaults, as nnU-Net compares spacings. */
export function allClose(a: readonly number[], b: readonly number[]): boolean {
  return a.every((value, i) => Math.abs(value - b[i]) <= 1e-8 + 1e-5 * Math.abs(b[i]));
}

const toFloat32 = (data: NumberArray): Float32Array => (data instanceof Float32Array ? data : new Float32Array(data));

/** Where Tiff3DIO looks for the spacing of a stack. */
export const spacingFile = (stack: string): string => stack.replace(/\.tiff?$/i, '.json');

async function spacingBeside(stack: string): Promise<VolumeFile['spacing']> {
  const file = spacingFile(stack);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) {
      return [1, 1, 1];
    }
    throw error;
  }
  try {
    const { spacing } = JSON.parse(text) as { spacing?: unknown };
    if (
      Array.isArray(spacing) &&
      spacing.length === 3 &&
      spacing.every((value) => typeof value === 'number' && value > 0)
    ) {
      return spacing as VolumeFile['spacing'];
    }
    throw new Error(`spacing is ${JSON.stringify(spacing)}`);
  } catch (cause) {
    throw new NnunetPlannerError(`${file}: ${reasonOf(cause)}.`, {
      code: 'spacing-file-invalid',
      remedy: 'It holds {"spacing": [z, y, x]}, three numbers above 0.',
      cause,
    });
  }
}

/** What {@link ReadImageOptions} must be. */
export const readImageOptionsRule = rule.fields({
  reader: rule.optional(rule.anyText),
  labels: rule.optional(rule.flag),
});

const readImageArguments = { files: rule.listOf(rule.anyText), options: readImageOptionsRule };

const readSegmentationArguments = { file: rule.text, options: rule.fields({ reader: rule.optional(rule.anyText) }) };
