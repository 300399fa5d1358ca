import { percentile } from '@fractura/python-compat';
import type { LongTask } from '../cases/long-task.js';
import { mapCases } from '../cases/map-cases.js';
import type { RawDataset } from '../dataset/read-dataset.js';
import { NnunetPlannerError } from '../errors.js';
import type { DatasetFingerprint } from '@fractura/nnunet-format';
import { intensityProperties } from './intensity-statistics.js';
import type { CaseMeasures } from './look-at-case.js';

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
 * @throws NnunetPlannerError `no-cases`, `no-foreground`, `nan-in-image`, `shape-mismatch`; what `readImage` throws.
 * @see reference/nnunet-v2/behaviour.md, section 2
 */
export async function extractFingerprint({
  dataset,
  samples = intensitySamples,
  ...task
}: ExtractFingerprintOptions): Promise<DatasetFingerprint> {
  const work = { kind: 'look', reader: dataset.reader, samples: samplesPerCase(dataset, samples) } as const;
  const looks = await mapCases(work, dataset.cases, task);
  return fingerprintOf(looks.map(({ measures }) => measures!));
}

/** Intensities to draw from each case. @throws NnunetPlannerError `no-cases` */
export function samplesPerCase({ cases, folder, datasetJson }: RawDataset, samples = intensitySamples): number {
  if (cases.length > 0) {
    return Math.floor(samples / cases.length);
  }
  throw new NnunetPlannerError(`${folder} has no cases.`, {
    code: 'no-cases',
    remedy: `Put images that end in _0000${datasetJson.file_ending} into imagesTr.`,
  });
}

/** The fingerprint of cases that were measured. @throws NnunetPlannerError `no-foreground` */
export function fingerprintOf(measures: readonly CaseMeasures[]): DatasetFingerprint {
  const relative = measures.map(({ relativeSize }) => relativeSize).sort((a, b) => a - b);
  return {
    foreground_intensity_properties_per_channel: Object.fromEntries(
      measures[0].intensities.map((_, channel) => [
        String(channel),
        intensityProperties(measures.map(({ intensities }) => intensities[channel])),
      ]),
    ),
    median_relative_size_after_cropping: percentile(relative, 50),
    shapes_after_crop: measures.map(({ shape }) => shape),
    spacings: measures.map(({ spacing }) => spacing),
  };
}
