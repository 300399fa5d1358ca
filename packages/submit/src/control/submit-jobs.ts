import { engineOf } from '../engines/engine-of.js';
import type { StageToStart } from '../engines/engine.js';
import { SubmitError } from '../errors.js';
import { setCancelled, writeJobState, readJobState } from '../submission/job-state.js';
import { isOver, jobStatuses, type JobStatus } from './job-status.js';
import { makeSubmission, readSubmission } from '../submission/submission-folder.js';
import type { Submission } from '../submission/submission.js';

/** Jobs by their stages, in order. */
function stagesOf({ jobs }: Submission, indices: readonly number[]): StageToStart['stages'] {
  const stages = [...new Set(jobs.map(({ stage }) => stage))].sort((a, b) => a - b);
  return stages
    .map((stage) => ({ stage, indices: indices.filter((index) => jobs[index].stage === stage) }))
    .filter((part) => part.indices.length > 0);
}

/** What would be handed over, as text: a script of the shell or of Slurm, or YAML. */
export function describeSubmission(folder: string, submission: Submission): string {
  const indices = submission.jobs.map(({ index }) => index);
  return engineOf(submission.engine).describe({ folder, submission, stages: stagesOf(submission, indices) });
}

/**
 * Makes the folder of a submission and hands its jobs to the engine.
 *
 * @param folder absolute; on a cluster, one that its nodes share.
 * @returns what the scheduler calls the jobs.
 * @throws SubmitError `submission-exists`, `scheduler-missing`, `scheduler-refused`
 */
export async function submitJobs(folder: string, submission: Submission): Promise<string[]> {
  await makeSubmission(folder, submission);
  const indices = submission.jobs.map(({ index }) => index);
  return engineOf(submission.engine).start({ folder, submission, stages: stagesOf(submission, indices) });
}

/**
 * Begins again what is over and was not done. What waits or runs is left alone.
 *
 * @returns the jobs that were handed over, and what the scheduler calls them.
 * @throws SubmitError `nothing-to-resubmit`, and as {@link submitJobs}
 */
export async function resubmitJobs(folder: string): Promise<{ indices: number[]; ids: string[] }> {
  const submission = await readSubmission(folder);
  const engine = engineOf(submission.engine);
  const statuses = await jobStatuses(folder, submission, engine);
  const indices = statuses.filter((job) => isOver(job) && job.state !== 'done').map(({ index }) => index);
  if (indices.length === 0) {
    throw new SubmitError(`No job of ${folder} has to be begun again: ${countStates(statuses)}.`, {
      code: 'nothing-to-resubmit',
      remedy: 'Wait for jobs that wait or run, or collect the results.',
    });
  }
  for (const index of indices) {
    const { attempts, process } = await readJobState(folder, index);
    await setCancelled(folder, index, false);
    await writeJobState(folder, index, { state: 'waiting', attempts, process });
  }
  const ids = await engine.start({ folder, submission, stages: stagesOf(submission, indices) });
  return { indices, ids };
}

/**
 * Ends jobs, or keeps them from beginning; those that are over are passed over.
 *
 * @param indices default all.
 * @returns the jobs that were asked to end.
 */
export async function cancelJobs(folder: string, indices?: readonly number[]): Promise<number[]> {
  const submission = await readSubmission(folder);
  const engine = engineOf(submission.engine);
  const statuses = await jobStatuses(folder, submission, engine);
  const asked = statuses
    .filter((job) => !isOver(job) && (indices === undefined || indices.includes(job.index)))
    .map(({ index }) => index);
  for (const index of asked) {
    await setCancelled(folder, index, true);
  }
  await engine.cancel(folder, submission, asked);
  return asked;
}

/** Such as `3 done, 1 failed`. */
export function countStates(statuses: readonly JobStatus[]): string {
  const counts = new Map<string, number>();
  for (const { state } of statuses) {
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return [...counts].map(([state, count]) => `${count} ${state}`).join(', ');
}
