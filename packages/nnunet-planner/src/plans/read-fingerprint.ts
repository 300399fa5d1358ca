import { readFile } from 'node:fs/promises';
import { parsePythonJson } from '@fractura/python-compat';
import { NnunetPlannerError } from '../errors.js';
import type { DatasetFingerprint } from '../fingerprint/extract-fingerprint.js';

/**
 * The fingerprint in a file, of nnU-Net or ours, or nothing where there is no such file.
 *
 * @throws NnunetPlannerError `fingerprint-invalid`, naming the file.
 */
export async function readFingerprint(file: string): Promise<DatasetFingerprint | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const fingerprint = parsePythonJson(text) as DatasetFingerprint;
    if (!Array.isArray(fingerprint.spacings) || !Array.isArray(fingerprint.shapes_after_crop))
      throw new Error('it has no shapes');
    return fingerprint;
  } catch (cause) {
    throw new NnunetPlannerError(
      `${file} is not a fingerprint: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        code: 'fingerprint-invalid',
        remedy: 'Extract it again with --clean.',
        cause,
      },
    );
  }
}
