import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileBeside } from '@fractura/array-files';
import { isMissing, reasonOf } from '@fractura/errors';
import type { ImageFit, Placement } from '@fractura/radiograph';
import { CocoToNiftiError } from '../errors.js';
import type { ConvertedCase } from './converted-case.js';

/** What became of each image, which dataset.json has no place for. */
export interface ConversionRecord {
  fit: ImageFit;
  cases: Record<string, CaseRecord>;
}

/** An image and its place in its case. */
export interface CaseRecord {
  file: string;
  /** Pixels of the upright image. */
  sourceWidth: number;
  sourceHeight: number;
  /** Where the image lies in the case; what is beside it is black. */
  place: Placement;
  /** Whether the label has no pixel but background. */
  empty: boolean;
}

/** Beside dataset.json. */
export const recordName = 'conversion.json';

/** Writes `conversion.json` into the folder of a data set. @throws ArrayFilesError `file-unwritable` */
export async function writeConversionRecord(
  folder: string,
  { fit, cases }: { fit: ImageFit; cases: readonly ConvertedCase[] },
): Promise<void> {
  const entries = cases.map(({ case: name, file, sourceWidth, sourceHeight, place, foregroundPixels }) => {
    const record: CaseRecord = { file, sourceWidth, sourceHeight, place, empty: foregroundPixels === 0 };
    return [name, record] as const;
  });
  const record: ConversionRecord = { fit, cases: Object.fromEntries(entries) };
  await writeFileBeside(join(folder, recordName), `${JSON.stringify(record, undefined, 2)}\n`);
}

/**
 * Reads the `conversion.json` of a data set: which cases are empty, and where the images lie in letterboxed ones.
 *
 * @returns undefined where there is none: the conversion stretched, and was given no normal radiographs.
 * @throws CocoToNiftiError `record-invalid`
 */
export async function readConversionRecord(folder: string): Promise<ConversionRecord | undefined> {
  const path = join(folder, recordName);
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    if (isMissing(cause)) {
      return undefined;
    }
    throw invalid(path, `cannot be read: ${reasonOf(cause)}`, cause);
  }
  const { fit, cases } = (value ?? {}) as Partial<ConversionRecord>;
  if ((fit !== 'stretch' && fit !== 'letterbox') || typeof cases !== 'object') {
    throw invalid(path, 'does not say how the images were fitted');
  }
  const flawed = Object.entries(cases).find(([, record]) => !isCaseRecord(record));
  if (flawed !== undefined) {
    throw invalid(path, `says too little of the case ${flawed[0]}`);
  }
  return { fit, cases };
}

function isCaseRecord(value: unknown): value is CaseRecord {
  const { file, sourceWidth, sourceHeight, place, empty } = (value ?? {}) as Record<string, unknown>;
  const { left, top, width, height } = (place ?? {}) as Record<string, unknown>;
  return (
    typeof file === 'string' &&
    typeof empty === 'boolean' &&
    [sourceWidth, sourceHeight, left, top, width, height].every((value) => Number.isSafeInteger(value))
  );
}

const invalid = (path: string, flaw: string, cause?: unknown) =>
  new CocoToNiftiError(`${path} ${flaw}.`, {
    code: 'record-invalid',
    remedy: 'Convert the images again.',
    cause,
  });
