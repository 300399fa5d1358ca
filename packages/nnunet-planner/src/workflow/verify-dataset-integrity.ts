import { checkOptions, rule } from '@fractura/errors';
import type { CaseTaskOptions } from '../cases/case-task-options.js';
import { mapCases } from '../cases/map-cases.js';
import { readDataset, type ReadDatasetOptions } from '../dataset/read-dataset.js';
import { checkContents } from '../integrity/check-contents.js';
import { reportIntegrity, type IntegrityReport } from '../integrity/report-integrity.js';
import { NnunetPlannerError } from '../errors.js';

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
export async function verifyDatasetIntegrity(options: VerifyDatasetIntegrityOptions): Promise<IntegrityReport> {
  const { folder, variables, ...task } = checkOptions(options, verifyDatasetIntegrityOptionsRule, NnunetPlannerError);
  const dataset = await readDataset(folder, { acceptModality: false, variables });
  const expected = await checkContents(dataset);
  const scans = await mapCases({ kind: 'scan', reader: dataset.reader, expected }, dataset.cases, task);
  return reportIntegrity(
    folder,
    scans.map(({ findings }) => findings!),
  );
}

/** What {@link VerifyDatasetIntegrityOptions} must be. */
export const verifyDatasetIntegrityOptionsRule = rule.fields({
  folder: rule.text,
  workers: rule.optional(rule.number()),
  onProgress: rule.optional(rule.callback),
  signal: rule.optional(rule.signal),
  variables: rule.optional(rule.tableOf(rule.optional(rule.anyText))),
});
