import type { DatasetFingerprint } from './dataset-fingerprint.js';
import { readJsonIfAny } from '../read-json-if-any.js';

/**
 * The fingerprint in a file, of nnU-Net or ours, or nothing where there is no such file.
 *
 * @throws NnunetPlannerError `fingerprint-invalid`, naming the file.
 */
export async function readFingerprint(file: string): Promise<DatasetFingerprint | undefined> {
  return readJsonIfAny(file, {
    what: 'a fingerprint',
    code: 'fingerprint-invalid',
    remedy: 'Extract it again with --clean.',
    check: (content) => {
      const fingerprint = content as DatasetFingerprint;
      if (!Array.isArray(fingerprint.spacings) || !Array.isArray(fingerprint.shapes_after_crop)) {
        throw new Error('it has no shapes');
      }
      return fingerprint;
    },
  });
}
