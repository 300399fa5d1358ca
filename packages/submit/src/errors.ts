import { FracturaError } from '@fractura/errors';

/**
 * What makes a submission impossible; `code` says which kind:
 *
 * - `submission-exists`, `submission-missing`, `submission-invalid`, `job-unknown`
 * - `jobs-unfinished`, `nothing-to-resubmit`
 * - `scheduler-missing`, `scheduler-refused`
 * - `gpu-not-given`, `outside-the-volume`
 */
export class SubmitError extends FracturaError {
  override readonly name = 'SubmitError';
}
