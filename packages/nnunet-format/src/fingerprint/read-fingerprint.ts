import { readJsonIfAny } from '../files/read-json-if-any.js';
import type { DatasetFingerprint } from './dataset-fingerprint.js';

/**
 * The fingerprint in a file, of nnU-Net or ours, or undefined where there is no such file.
 *
 * @throws NnunetFormatError `fingerprint-invalid`, naming the file.
 */
export async function readFingerprint(file: string): Promise<DatasetFingerprint | undefined> {
  return readJsonIfAny(file, {
    what: 'a fingerprint',
    code: 'fingerprint-invalid',
    remedy: 'Extract it again with --clean.',
    check: (content) => {
      const missing = ['spacings', 'shapes_after_crop'].filter((key) => !Array.isArray(content[key]));
      if (missing.length > 0) {
        throw new Error(`it has no ${missing.join(', ')}`);
      }
      return content as unknown as DatasetFingerprint;
    },
  });
}
