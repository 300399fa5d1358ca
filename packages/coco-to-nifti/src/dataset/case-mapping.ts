import { readFile } from 'node:fs/promises';
import { writeFileBeside } from '@fractura/array-files';
import { CocoToNiftiError } from '../errors.js';
import { reasonOf } from '@fractura/errors';

/** Which image became which case. */
export interface CaseMapping {
  case: string;
  /** `file_name` of the COCO file. */
  file: string;
  imageId: number;
}

/** Writes which image became which case, as JSON. @throws ArrayFilesError `file-unwritable` */
export async function writeCaseMapping(path: string, cases: readonly CaseMapping[]): Promise<void> {
  const mapping = cases.map(({ case: name, file, imageId }): CaseMapping => ({ case: name, file, imageId }));
  await writeFileBeside(path, `${JSON.stringify(mapping, undefined, 4)}\n`);
}

/**
 * Reads a mapping that `convertCoco` wrote.
 *
 * @throws CocoToNiftiError `mapping-invalid`
 */
export async function readCaseMapping(path: string): Promise<CaseMapping[]> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw invalid(path, `cannot be read: ${reasonOf(cause)}`, cause);
  }
  if (!Array.isArray(value) || !value.every(isMapping)) {
    throw invalid(path, 'is not a list of { case, file, imageId }');
  }
  if (new Set(value.map((entry) => entry.case)).size < value.length) {
    throw invalid(path, 'has a case twice');
  }
  return value.map(({ case: name, file, imageId }) => ({ case: name, file, imageId }));
}

function isMapping(value: unknown): value is CaseMapping {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const { case: name, file, imageId } = value as Record<string, unknown>;
  return typeof name === 'string' && typeof file === 'string' && Number.isSafeInteger(imageId);
}

const invalid = (path: string, flaw: string, cause?: unknown) =>
  new CocoToNiftiError(`The mapping ${path} ${flaw}.`, {
    code: 'mapping-invalid',
    remedy: 'Give the file that the conversion wrote with `mapping`.',
    cause,
  });
