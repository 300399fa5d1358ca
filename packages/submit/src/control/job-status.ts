import type { Engine } from '../engines/engine.js';
import { isCancelled, readJobState, type JobState } from '../submission/job-state.js';
import type { Submission } from '../submission/submission.js';

/** What has become of a job, its own files and the engine asked. */
export interface JobStatus extends Omit<JobState, 'state'> {
  index: number;
  name: string;
  /**
   * `waiting` to be begun, for the first time or again; `running`; `done`; `failed` with an exit status; `cancelled`;
   * `interrupted` more often than it is begun again; `lost` without a word, as where a node died; `skipped` since a job that it
   * needs was not done.
   */
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted' | 'lost' | 'skipped';
}

/** States in which a job stays unless it is submitted again. */
export const isOver = ({ state }: JobStatus): boolean => state !== 'waiting' && state !== 'running';

/** The states of all jobs of a submission, in their order. */
export async function jobStatuses(folder: string, submission: Submission, engine: Engine): Promise<JobStatus[]> {
  const alive = await engine.liveness(folder, submission);
  // After the engine was asked: a job that ended meanwhile has said so.
  const states = await Promise.all(submission.jobs.map(({ index }) => readJobState(folder, index)));
  const statuses: JobStatus[] = [];
  const ended = new Map<number, boolean>();
  for (const job of [...submission.jobs].sort((a, b) => a.stage - b.stage)) {
    const earlier = submission.jobs.filter(({ stage }) => stage < job.stage);
    const status = {
      ...states[job.index],
      index: job.index,
      name: job.name,
      state: stateOf(states[job.index], {
        liveness: alive.get(job.index) ?? 'gone',
        cancelled: isCancelled(folder, job.index),
        neededIsMissing: earlier.some(({ index }) => ended.get(index) === true),
      }),
    };
    ended.set(job.index, isOver(status) && status.state !== 'done');
    statuses.push(status);
  }
  return statuses.sort((a, b) => a.index - b.index);
}

function stateOf(
  { state }: JobState,
  seen: { liveness: 'queued' | 'running' | 'gone'; cancelled: boolean; neededIsMissing: boolean },
): JobStatus['state'] {
  if (state === 'done' || state === 'failed') {
    return state;
  }
  if (seen.liveness === 'running' && state === 'running') {
    return 'running';
  }
  if (seen.cancelled) {
    return 'cancelled';
  }
  if (seen.neededIsMissing && state === 'waiting') {
    return 'skipped';
  }
  if (seen.liveness !== 'gone') {
    return 'waiting';
  }
  return state === 'interrupted' ? 'interrupted' : 'lost';
}
