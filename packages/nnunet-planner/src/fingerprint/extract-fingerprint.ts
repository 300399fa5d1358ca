import { percentile } from '@fractura/python-compat';
import type { RawDataset } from '../dataset/read-dataset.js';
import { readImage } from '../dataset/read-image.js';
import { NnunetPlannerError } from '../errors.js';
import { mapConcurrently, type LongTask } from '../map-concurrently.js';
import { cropToNonzero } from './crop-to-nonzero.js';
import { drawIntensities, intensityProperties, type IntensityProperties } from './intensity-statistics.js';
import type { WeightedValues } from './weighted-values.js';

/** nnU-Net's `dataset_fingerprint.json`. */
export interface DatasetFingerprint {
  foreground_intensity_properties_per_channel: Record<string, IntensityProperties>;
  /** Median over cases of voxels after the crop to those before. */
  median_relative_size_after_cropping: number;
  /** `[z, y, x]` of each case after the crop to non-zero, in the order of the cases. */
  shapes_after_crop: number[][];
  /** `[z, y, x]` of each case. */
  spacings: number[][];
}

/** Foreground intensities drawn in all, over all cases. */
const intensitySamples = 1e8;

/** How to extract a fingerprint. */
export interface ExtractFingerprintOptions extends LongTask {
  dataset: RawDataset;
  /** Foreground intensities drawn over all cases. Default 1e8, nnU-Net's. */
  samples?: number;
}

/**
 * Looks at every case once: shape after the crop to non-zero, spacing, and a sample of foreground intensities.
 *
 * @throws NnunetPlannerError `no-cases`, `no-foreground`, `nan-in-image`
 * @see reference/nnunet-v2/behaviour.md, section 2
 */
export async function extractFingerprint({
  dataset,
  samples = intensitySamples,
  ...task
}: ExtractFingerprintOptions): Promise<DatasetFingerprint> {
  const { cases, folder } = dataset;
  if (cases.length === 0) {
    throw new NnunetPlannerError(`${folder} has no cases`, {
      code: 'no-cases',
      remedy: `Put images that end in _0000${dataset.datasetJson.file_ending} into imagesTr.`,
    });
  }
  const looks = await mapConcurrently(cases, (one) => lookAtCase(one, Math.floor(samples / cases.length)), task);
  const channels = looks[0].intensities.length;
  const relative = looks.map(({ relativeSize }) => relativeSize).sort((a, b) => a - b);
  return {
    foreground_intensity_properties_per_channel: Object.fromEntries(
      Array.from({ length: channels }, (_, channel) => [
        String(channel),
        intensityProperties(looks.map(({ intensities }) => intensities[channel])),
      ]),
    ),
    median_relative_size_after_cropping: percentile(relative, 50),
    shapes_after_crop: looks.map(({ shape }) => shape),
    spacings: looks.map(({ spacing }) => spacing),
  };
}

interface CaseLook {
  shape: number[];
  spacing: number[];
  relativeSize: number;
  intensities: WeightedValues[];
}

async function lookAtCase({ images, label }: RawDataset['cases'][number], samples: number): Promise<CaseLook> {
  const [image, labels] = await Promise.all([readImage(images), readImage([label])]);
  for (const [{ data }, file] of [
    [image, images[0]],
    [labels, label],
  ] as const) {
    if (!data.some(Number.isNaN)) continue;
    throw new NnunetPlannerError(`${file} holds NaN`, { code: 'nan-in-image', remedy: 'Replace NaN by a number.' });
  }
  const { data, segmentation, shape } = cropToNonzero(image.data, image.shape, labels.data);
  const before = image.data.length / image.shape[0];
  return {
    shape: shape.slice(1),
    spacing: image.spacing,
    relativeSize: segmentation.length / before,
    intensities: drawIntensities(data, shape[0], segmentation, samples),
  };
}
