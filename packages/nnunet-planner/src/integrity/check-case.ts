import { existsSync } from 'node:fs';
import { FracturaError } from '@fractura/errors';
import { hasNan } from '../dataset/has-nan.js';
import type { DatasetCase } from '../dataset/read-dataset.js';
import {
  allClose,
  readImage,
  readSegmentation,
  spacingFile,
  type ImageVolume,
  type SegmentationVolume,
} from '../dataset/read-image.js';

/** What dataset.json demands of every case. */
export interface CaseExpectations {
  /** All labels, the ignore label among them. */
  labels: readonly number[];
  channels: number;
}

/** What is wrong with a case, and what is unusual but allowed; whole sentences. */
export interface CaseFindings {
  faults: string[];
  warnings: string[];
}

/** Values named in a message before it says how many more there are. */
const valuesShown = 10;

/**
 * Checks one case as nnU-Net's integrity check does. Files that cannot be read are faults of the case.
 *
 * @see nnU-Net: nnunetv2/experiment_planning/verify_dataset_integrity.py, verify_labels and check_cases
 */
export async function checkCase(
  { id, images, label }: DatasetCase,
  expected: CaseExpectations,
  { reader }: { reader: string },
): Promise<{ findings: CaseFindings; image?: ImageVolume; segmentation?: SegmentationVolume }> {
  const faults: string[] = [];
  const readable = async <Volume>(read: Promise<Volume>): Promise<Volume | undefined> => {
    try {
      return await read;
    } catch (error) {
      if (!FracturaError.isInstance(error)) {
        throw error;
      }
      faults.push(`${error.message} ${error.remedy ?? ''}`.trim());
      return undefined;
    }
  };
  const image = await readable(readImage(images, { reader }));
  const segmentation = await readable(readSegmentation(label, { reader }));
  if (segmentation) {
    faults.push(...labelFaults(label, segmentation, expected));
  }
  if (image) {
    if (hasNan(image.data)) {
      faults.push(`${images[0]}: holds NaN. Replace NaN by a number that makes sense.`);
    }
    if (image.shape[0] !== expected.channels) {
      faults.push(channelFault(id, images, image, expected));
    }
  }
  if (image && segmentation) {
    faults.push(...gridFaults(id, image, segmentation));
  }
  const warnings = [...(image?.notes ?? []), ...(segmentation?.notes ?? [])];
  if (image && segmentation) {
    warnings.push(...geometryWarnings(id, image, segmentation, reader));
  }
  const stacks = reader === 'Tiff3DIO' ? [images[0].replace(/_\d{4}(?=\.tiff?$)/i, ''), label] : [];
  for (const stack of new Set(stacks)) {
    if (!existsSync(spacingFile(stack))) {
      warnings.push(`${id}: no ${spacingFile(stack)}; spacing 1, 1, 1 is assumed.`);
    }
  }
  return { findings: { faults, warnings }, image, segmentation };
}

function labelFaults(file: string, { data, shape }: SegmentationVolume, { labels }: CaseExpectations): string[] {
  const faults: string[] = [];
  const found = valuesIn(data);
  const unexpected = found.filter((value) => !Number.isNaN(value) && !labels.includes(value));
  if (unexpected.length > 0) {
    const more = unexpected.length > valuesShown ? ` and ${unexpected.length - valuesShown} more` : '';
    faults.push(
      `${file}: unexpected labels ${unexpected.slice(0, valuesShown).join(', ')}${more}; expected ${labels.join(', ')}. ` +
        labelRemedy(unexpected),
    );
  }
  if (found.some(Number.isNaN)) {
    faults.push(`${file}: holds NaN. Replace NaN by a label.`);
  }
  if (shape[0] !== 1) {
    faults.push(
      `${file}: has ${shape[0]} channels; a label has one. Save it in grey, not RGB, with the label as the grey value.`,
    );
  }
  return faults;
}

function labelRemedy(unexpected: readonly number[]): string {
  if (unexpected.join() === '255') {
    return 'A mask of 0 and 255 must become one of 0 and 1.';
  }
  if (unexpected.some((value) => !Number.isInteger(value))) {
    return 'Labels are whole numbers: resample them without interpolation, by the nearest neighbour.';
  }
  if (unexpected.some((value) => value < 0)) {
    return 'Labels are not negative.';
  }
  if (unexpected.length > valuesShown) {
    return 'Grey values between the labels come from JPEG or from interpolation.';
  }
  return 'Name these labels in dataset.json, or change the file.';
}

function channelFault(
  id: string,
  images: readonly string[],
  { shape }: ImageVolume,
  { channels }: CaseExpectations,
): string {
  const what = `${id}: has ${shape[0]} ${shape[0] === 1 ? 'channel' : 'channels'}, dataset.json names ${channels}`;
  if (images.length < shape[0] && /\.nii(\.gz)?$/.test(images[0])) {
    return `${what}. ${images[0]} is 4D: write one 3D file for each channel, _0000, _0001, and so on.`;
  }
  if (images.length === 1 && shape[0] === 4) {
    return `${what}. ${images[0]} is RGB with alpha (RGBA): save it without alpha, or in grey for one channel.`;
  }
  if (images.length === 1 && shape[0] === 3) {
    return `${what}. ${images[0]} is RGB: save it in grey, or name three channels.`;
  }
  return `${what}. Every case needs the files _0000 to _${String(channels - 1).padStart(4, '0')}.`;
}

function gridFaults(id: string, image: ImageVolume, segmentation: SegmentationVolume): string[] {
  const faults: string[] = [];
  const [size, labelSize] = [image, segmentation].map(({ shape }) => shape.slice(1).join(' x '));
  if (size !== labelSize) {
    faults.push(`${id}: the image has ${size} voxels, its label ${labelSize}. Bring the label to the image's grid.`);
  }
  if (!allClose(segmentation.spacing, image.spacing)) {
    faults.push(
      `${id}: the image has spacing ${image.spacing.join(', ')}, its label ${segmentation.spacing.join(', ')}. ` +
        'Copy the header of the image to the label, if they lie on the same grid.',
    );
  }
  return faults;
}

/** Differences in position between an image and its label: allowed, but rarely intended. */
function geometryWarnings(id: string, image: ImageVolume, label: SegmentationVolume, reader: string): string[] {
  if (!image.affine || !label.affine) {
    return [];
  }
  const remedy = 'check that image and label overlap.';
  if (reader.startsWith('Nibabel')) {
    const same = image.affine.every((row, i) => allClose(row, label.affine![i]));
    return same ? [] : [`${id}: image and label have different affines; ${remedy}`];
  }
  const origin = (affine: number[][]) => affine.slice(0, 3).map((row) => row[3]);
  const direction = ({ affine, spacing }: Pick<ImageVolume, 'affine' | 'spacing'>) =>
    affine!.slice(0, 3).flatMap((row) => [0, 1, 2].map((axis) => row[axis] / spacing[2 - axis]));
  return [
    ...(allClose(origin(image.affine), origin(label.affine))
      ? []
      : [`${id}: image and label have different origins; ${remedy}`]),
    ...(allClose(direction(image), direction(label))
      ? []
      : [`${id}: image and label have different directions; ${remedy}`]),
  ];
}

/** Ascending; NaN last. */
function valuesIn(values: ArrayLike<number>): number[] {
  const found = new Set<number>();
  let last: number | undefined;
  for (let i = 0; i < values.length; i += 1) {
    if (values[i] === last) {
      continue;
    }
    last = values[i];
    found.add(last);
  }
  return [...found].sort((a, b) => (Number.isNaN(a) ? 1 : a - b));
}
