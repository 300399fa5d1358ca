import type { DatasetFingerprint } from '@fractura/nnunet-format';
import { percentile } from '@fractura/python-compat';
import { intensityProperties } from './intensity-statistics.js';
import type { CaseMeasures } from './measure-case.js';

/**
 * The fingerprint of the cases of a data set.
 *
 * @param measures at least of one case, in the order of the cases.
 * @throws NnunetPlannerError `no-foreground`
 * @see nnU-Net: nnunetv2/experiment_planning/dataset_fingerprint/fingerprint_extractor.py, DatasetFingerprintExtractor.run
 */
export function combineMeasures(measures: readonly CaseMeasures[]): DatasetFingerprint {
  const relativeSizes = measures.map(({ relativeSize }) => relativeSize).sort((a, b) => a - b);
  return {
    foreground_intensity_properties_per_channel: Object.fromEntries(
      measures[0].intensities.map((_, channel) => [
        String(channel),
        intensityProperties(measures.map(({ intensities }) => intensities[channel])),
      ]),
    ),
    median_relative_size_after_cropping: percentile(relativeSizes, 50),
    shapes_after_crop: measures.map(({ shape }) => shape),
    spacings: measures.map(({ spacing }) => spacing),
  };
}
