import { engineOf } from '../engines/engine-of.js';
import { jobStatuses, type JobStatus } from './job-status.js';
import { readSubmission } from '../submission/submission-folder.js';

/**
 * What has become of the jobs of a submission, in their order.
 *
 * @throws SubmitError `submission-missing`, `submission-invalid`, `scheduler-missing`, `scheduler-refused`
 */
export async function statusesOf(folder: string): Promise<JobStatus[]> {
  const submission = await readSubmission(folder);
  return jobStatuses(folder, submission, engineOf(submission.engine));
}
