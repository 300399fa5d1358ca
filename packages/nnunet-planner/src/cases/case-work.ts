import type { DatasetCase } from '../dataset/read-dataset.js';
import { preprocessCase, type PreprocessWork } from '../preprocessing/preprocess-case.js';
import { scanCase, type CaseScan, type ScanWork } from './scan-case.js';

/** What is to be done with each case of a data set: plain data, so that a thread can be told. */
export type CaseWork = ScanWork | PreprocessWork;

/** What comes of it. */
export type CaseResult<Work extends CaseWork> = Work extends ScanWork ? CaseScan : undefined;

/** Does the work for one case. */
export async function workOnCase(work: CaseWork, given: DatasetCase): Promise<CaseScan | undefined> {
  if (work.kind === 'scan') {
    return scanCase(given, work);
  }
  await preprocessCase(given, work);
  return undefined;
}
