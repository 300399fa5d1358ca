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
