import { cropToNonzero } from '../cropping/crop-to-nonzero.js';
import type { ImageVolume } from '../dataset/read-image.js';
import { drawIntensities } from './intensity-statistics.js';
import type { WeightedValues } from './weighted-values.js';

/** What the fingerprint takes from a case. */
export interface CaseMeasures {
  /** `[z, y, x]` after the crop to non-zero. */
  shape: number[];
  /** Along z, y, x. */
  spacing: number[];
  /** Voxels after the crop to those before. */
  relativeSize: number;
  /** For each channel the foreground intensities that were drawn. */
  intensities: WeightedValues[];
}

/**
 * Measures one case for the fingerprint.
 *
 * @param labels `[z, y, x]` on the grid of the image.
 * @param samples foreground intensities to draw from each channel.
 * @see nnU-Net: nnunetv2/experiment_planning/dataset_fingerprint/fingerprint_extractor.py,
 *   DatasetFingerprintExtractor.analyze_case
 */
export function measureCase(
  image: Pick<ImageVolume, 'data' | 'shape' | 'spacing'>,
  labels: ArrayLike<number>,
  samples: number,
): CaseMeasures {
  const { data, segmentation, shape } = cropToNonzero(image.data, image.shape, labels);
  return {
    shape: shape.slice(1),
    spacing: [...image.spacing],
    relativeSize: segmentation.length / (image.data.length / image.shape[0]),
    intensities: drawIntensities(data, shape[0], segmentation, samples),
  };
}
