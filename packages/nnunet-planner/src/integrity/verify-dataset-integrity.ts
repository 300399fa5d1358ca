import type { LongTask } from '../cases/long-task.js';
import { mapCases } from '../cases/map-cases.js';
import { readDataset, type ReadDatasetOptions } from '../dataset/read-dataset.js';
import { NnunetPlannerError } from '../errors.js';
import type { CaseLook } from '../fingerprint/look-at-case.js';
import { checkContents } from './check-contents.js';

/** What to check. */
export interface VerifyDatasetIntegrityOptions extends LongTask, Pick<ReadDatasetOptions, 'variables'> {
  /** Of the raw data set. */
  folder: string;
}

/** What a sound data set showed. */
export interface IntegrityReport {
  /** How many were checked. */
  cases: number;
  /** What is odd but allowed, one line each: image and label that lie differently in space, stacks without spacing. */
  warnings: string[];
}

/**
 * Checks a raw data set as `--verify_dataset_integrity` does: the table of contents first, then every label and image.
 *
 * @throws NnunetPlannerError `dataset-json-…`, `folder-missing`, `channel-suffix-missing`, `count-mismatch`, `images-missing`,
 *   `labels-missing`, `labels-invalid`, `reader-unknown`; `cases-invalid` lists every case that failed and why.
 * @see reference/nnunet-v2/behaviour.md, section 1.4
 */
export async function verifyDatasetIntegrity({
  folder,
  variables,
  ...task
}: VerifyDatasetIntegrityOptions): Promise<IntegrityReport> {
  const dataset = await readDataset(folder, { acceptModality: false, variables });
  const expected = await checkContents(dataset);
  const looks = await mapCases({ kind: 'look', reader: dataset.reader, expected }, dataset.cases, task);
  return reportOf(folder, looks);
}

/** @throws NnunetPlannerError `cases-invalid` */
export function reportOf(folder: string, looks: readonly CaseLook[]): IntegrityReport {
  const faults = looks.flatMap(({ findings }) => findings?.faults ?? []);
  if (faults.length === 0) {
    return { cases: looks.length, warnings: looks.flatMap(({ findings }) => findings?.warnings ?? []) };
  }
  throw new NnunetPlannerError(
    `${folder}: ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'} in its cases\n${faults.join('\n')}.`,
    {
      code: 'cases-invalid',
      remedy: 'Correct these cases, or remove them and lower numTraining.',
    },
  );
}
