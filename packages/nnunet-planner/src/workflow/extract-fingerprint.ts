import { checkOptions, describeValue, rule } from '@fractura/errors';
import type { DatasetFingerprint } from '@fractura/nnunet-format';
import type { CaseTaskOptions } from '../cases/case-task-options.js';
import { mapCases } from '../cases/map-cases.js';
import { type RawDataset, rawDatasetRule } from '../dataset/read-dataset.js';
import { NnunetPlannerError } from '../errors.js';
import { combineMeasures } from '../fingerprint/combine-measures.js';

/** Foreground intensities drawn in all, over all cases. */
const intensitySamples = 1e8;

/** How to extract a fingerprint. */
export interface ExtractFingerprintOptions extends CaseTaskOptions {
  dataset: RawDataset;
  /** Foreground intensities drawn over all cases. Default 1e8, nnU-Net's. */
  samples?: number;
}

/**
 * Reads every case once: shape after the crop to non-zero, spacing, and a sample of foreground intensities.
 *
 * @throws NnunetPlannerError `no-cases`, `samples-invalid`, `no-foreground`, `nan-in-image`, `shape-mismatch`; what `readImage` throws.
 * @see nnU-Net: nnunetv2/experiment_planning/dataset_fingerprint/fingerprint_extractor.py, DatasetFingerprintExtractor
 */
export async function extractFingerprint(options: ExtractFingerprintOptions): Promise<DatasetFingerprint> {
  const {
    dataset,
    samples = intensitySamples,
    ...task
  } = checkOptions(options, extractFingerprintOptionsRule, NnunetPlannerError);
  const work = { kind: 'scan', reader: dataset.reader, samples: samplesPerCase(dataset, samples) } as const;
  const scans = await mapCases(work, dataset.cases, task);
  return combineMeasures(scans.map(({ measures }) => measures!));
}

/** Intensities to draw from each case. @throws NnunetPlannerError `no-cases`, `samples-invalid` */
export function samplesPerCase({ cases, folder, datasetJson }: RawDataset, samples = intensitySamples): number {
  if (!Number.isSafeInteger(samples) || samples < 1) {
    throw new NnunetPlannerError(`${describeValue(samples)} intensities cannot be drawn.`, {
      code: 'samples-invalid',
      remedy: `Give a whole number from 1 on, or leave it out for nnU-Net's ${intensitySamples}.`,
    });
  }
  if (cases.length > 0) {
    return Math.floor(samples / cases.length);
  }
  throw new NnunetPlannerError(`${folder} has no cases.`, {
    code: 'no-cases',
    remedy: `Put images that end in _0000${datasetJson.file_ending} into imagesTr.`,
  });
}

/** What {@link ExtractFingerprintOptions} must be. */
export const extractFingerprintOptionsRule = rule.fields({
  dataset: rawDatasetRule,
  samples: rule.optional(rule.number()),
  workers: rule.optional(rule.number()),
  onProgress: rule.optional(rule.callback),
  signal: rule.optional(rule.signal),
});
