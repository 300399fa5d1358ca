import type { DatasetCase } from '../dataset/read-dataset.js';
import { lookAtCase, type CaseLook, type LookWork } from '../fingerprint/look-at-case.js';
import { preprocessCase, type PreprocessWork } from '../preprocessing/preprocess-case.js';

/** What is to be done with each case of a data set: plain data, so that a thread can be told. */
export type CaseWork = LookWork | PreprocessWork;

/** What comes of it. */
export type CaseResult<Work extends CaseWork> = Work extends LookWork ? CaseLook : undefined;

/** Does the work for one case. */
export async function workOnCase(work: CaseWork, one: DatasetCase): Promise<CaseLook | undefined> {
  if (work.kind === 'look') {
    return lookAtCase(one, work);
  }
  await preprocessCase(one, work);
  return undefined;
}
