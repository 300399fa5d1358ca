import { rule } from '@fractura/errors';

/** Statistics of a channel's foreground intensities over all cases. */
export interface IntensityProperties {
  max: number;
  mean: number;
  median: number;
  min: number;
  percentile_00_5: number;
  percentile_99_5: number;
  std: number;
}

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

/** What {@link IntensityProperties} must be. */
export const intensityPropertiesRule = rule.fields({
  max: rule.anyNumber,
  mean: rule.anyNumber,
  median: rule.anyNumber,
  min: rule.anyNumber,
  percentile_00_5: rule.anyNumber,
  percentile_99_5: rule.anyNumber,
  std: rule.anyNumber,
});

/** What {@link DatasetFingerprint} must be. */
export const datasetFingerprintRule = rule.fields({
  foreground_intensity_properties_per_channel: rule.tableOf(intensityPropertiesRule),
  median_relative_size_after_cropping: rule.anyNumber,
  shapes_after_crop: rule.listOf(rule.listOf(rule.anyNumber)),
  spacings: rule.listOf(rule.listOf(rule.anyNumber)),
});
