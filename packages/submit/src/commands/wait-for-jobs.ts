import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandContext } from '@fractura/command-line';
import { SubmitError } from '../errors.js';
import { isOver } from '../control/job-status.js';
import { statusesOf } from '../control/statuses-of.js';
import { countStates } from '../control/submit-jobs.js';
import { readSubmission } from '../submission/submission-folder.js';

const askEveryMs = 2000;

/**
 * Waits until every job is over. An interrupt ends the waiting, not the jobs.
 *
 * @throws SubmitError `jobs-unfinished` where one was not done.
 */
export async function waitForJobs(
  folder: string,
  { progress, signal }: Pick<CommandContext, 'progress' | 'signal'>,
): Promise<void> {
  const { name } = await readSubmission(folder);
  const task = progress(`Jobs of ${name}`);
  for (;;) {
    const statuses = await statusesOf(folder);
    const over = statuses.filter(isOver);
    task.update({ done: over.length, total: statuses.length, note: countStates(statuses) });
    if (over.length === statuses.length) {
      task.finish(countStates(statuses));
      const missing = statuses.filter(({ state }) => state !== 'done');
      if (missing.length > 0) {
        throw unfinished(folder, missing);
      }
      return;
    }
    await sleep(askEveryMs, undefined, { signal });
  }
}

/** The error that names the jobs that are not done. */
export function unfinished(
  folder: string,
  jobs: readonly { index: number; name: string; state: string }[],
): SubmitError {
  const named = jobs.slice(0, 5).map(({ index, name, state }) => `job ${index} (${name}) is ${state}`);
  const more = jobs.length > 5 ? `, and ${jobs.length - 5} more` : '';
  return new SubmitError(`Not every job of ${folder} is done: ${named.join(', ')}${more}.`, {
    code: 'jobs-unfinished',
    remedy: 'See what they wrote with "submit logs", and begin again what is over with "submit resubmit".',
  });
}
