import type { CaseTaskOptions } from '../cases/case-task-options.js';
import { mapCases } from '../cases/map-cases.js';
import { readDataset, type ReadDatasetOptions } from '../dataset/read-dataset.js';
import { checkContents } from '../integrity/check-contents.js';
import { reportIntegrity, type IntegrityReport } from '../integrity/report-integrity.js';

/** What to check. */
export interface VerifyDatasetIntegrityOptions extends CaseTaskOptions, Pick<ReadDatasetOptions, 'variables'> {
  /** Of the raw data set. */
  folder: string;
}

/**
 * Checks a raw data set as `--verify_dataset_integrity` does: the table of contents first, then every label and image.
 *
 * @throws NnunetPlannerError `dataset-json-…`, `folder-missing`, `channel-suffix-missing`, `count-mismatch`, `images-missing`,
 *   `labels-missing`, `labels-invalid`, `reader-unknown`; `cases-invalid` lists every case that failed and why.
 * @see nnU-Net: nnunetv2/experiment_planning/verify_dataset_integrity.py, verify_dataset_integrity
 */
export async function verifyDatasetIntegrity({
  folder,
  variables,
  ...task
}: VerifyDatasetIntegrityOptions): Promise<IntegrityReport> {
  const dataset = await readDataset(folder, { acceptModality: false, variables });
  const expected = await checkContents(dataset);
  const scans = await mapCases({ kind: 'scan', reader: dataset.reader, expected }, dataset.cases, task);
  return reportIntegrity(
    folder,
    scans.map(({ findings }) => findings!),
  );
}
