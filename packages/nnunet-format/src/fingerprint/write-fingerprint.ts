import { checkArguments, rule } from '@fractura/errors';
import { encodePythonJson, PythonFloat } from '@fractura/python-compat';
import { hasPictureSpacing } from '../dataset/reader-names.js';
import { writeDescription } from '../files/write-description.js';
import { type DatasetFingerprint, datasetFingerprintRule } from './dataset-fingerprint.js';
import { encodeIntensities } from './encode-intensities.js';
import { NnunetFormatError } from '../errors.js';

/**
 * A fingerprint as nnU-Net writes it, byte for byte.
 *
 * @param reader nnU-Net's reader of the images: the spacing of pictures is written in whole numbers.
 * @see nnU-Net: nnunetv2/experiment_planning/dataset_fingerprint/fingerprint_extractor.py, DatasetFingerprintExtractor.run
 */
export function encodeFingerprint(fingerprint: DatasetFingerprint, reader: string): string {
  checkArguments(
    { fingerprint, reader },
    { fingerprint: datasetFingerprintRule, reader: rule.anyText },
    NnunetFormatError,
  );
  const {
    spacings,
    median_relative_size_after_cropping: relative,
    foreground_intensity_properties_per_channel: intensities,
  } = fingerprint;
  const content = {
    ...fingerprint,
    foreground_intensity_properties_per_channel: encodeIntensities(intensities),
    median_relative_size_after_cropping: new PythonFloat(relative),
    spacings: hasPictureSpacing(reader)
      ? spacings
      : spacings.map((spacing) => spacing.map((value) => new PythonFloat(value))),
  };
  return encodePythonJson(content, { indent: 4, sortKeys: true });
}

/** Writes `dataset_fingerprint.json`. @throws ArrayFilesError `file-unwritable` */
export async function writeFingerprint(file: string, fingerprint: DatasetFingerprint, reader: string): Promise<void> {
  checkArguments(
    { file, fingerprint, reader },
    { file: rule.text, fingerprint: datasetFingerprintRule, reader: rule.anyText },
    NnunetFormatError,
  );
  await writeDescription(file, encodeFingerprint(fingerprint, reader));
}
