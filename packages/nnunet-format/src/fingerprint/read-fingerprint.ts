import { checkArguments, rule } from '@fractura/errors';
import {
  channelStatistics,
  checkEntries,
  isCount,
  isFiniteNumber,
  isListOf,
  isPositive,
} from '../files/expected-entries.js';
import { readJsonIfAny } from '../files/read-json-if-any.js';
import type { DatasetFingerprint } from './dataset-fingerprint.js';
import { NnunetFormatError } from '../errors.js';

/**
 * The fingerprint in a file, of nnU-Net or ours, or undefined where there is no such file.
 *
 * @throws NnunetFormatError `fingerprint-invalid`, naming the file.
 */
export async function readFingerprint(file: string): Promise<DatasetFingerprint | undefined> {
  checkArguments({ file }, { file: rule.text }, NnunetFormatError);
  return readJsonIfAny(file, {
    what: 'a fingerprint',
    code: 'fingerprint-invalid',
    remedy: 'Extract it again with --clean.',
    check: checkFingerprint,
  });
}

function checkFingerprint(content: Record<string, unknown>): DatasetFingerprint {
  const missing = ['spacings', 'shapes_after_crop'].filter((key) => !Array.isArray(content[key]));
  if (missing.length > 0) {
    throw new Error(`it has no ${missing.join(', ')}`);
  }
  checkEntries(content, {
    spacings: {
      what: 'a list of three numbers above 0 for each case',
      fits: (value) => isListOf(value, (spacing) => isListOf(spacing, isPositive, [3])) && isFilled(value),
    },
    shapes_after_crop: {
      what: 'a list of three whole numbers from 1 on for each case',
      fits: (value) => isListOf(value, (shape) => isListOf(shape, isCount, [3])) && isFilled(value),
    },
    median_relative_size_after_cropping: { what: 'a number', fits: isFiniteNumber },
    foreground_intensity_properties_per_channel: channelStatistics,
  });
  const { spacings, shapes_after_crop: shapes } = content as unknown as DatasetFingerprint;
  if (spacings.length !== shapes.length) {
    throw new Error(`it has ${spacings.length} spacings for ${shapes.length} shapes_after_crop`);
  }
  return content as unknown as DatasetFingerprint;
}

const isFilled = (value: unknown) => (value as unknown[]).length > 0;
