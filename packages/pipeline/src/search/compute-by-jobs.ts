import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from '@fractura/errors';
import type { Reporting } from '@fractura/nnunet';
import {
  isOver,
  newSubmission,
  statusesOf,
  submitJobs,
  waitForJobs,
  type EngineName,
  type JobSettings,
  type SubmittedProgram,
} from '@fractura/submit';
import { readTrial, trialName, type Trial } from './trial.js';

export interface ComputeByJobsOptions extends Required<Reporting> {
  /** Folder of the search, absolute. */
  out: string;
  engine: EngineName;
  settings: JobSettings;
  program: SubmittedProgram;
  /** The words of the command that computes a trial, such as `search trial OUT --point 3 --seed 0`. */
  wordsOf: (trial: Trial) => string[];
  /** In which the program's variables are looked up. */
  environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Computes trials as jobs, in a submission of its own in `jobs` of the search's folder. Jobs that an earlier call has submitted and that
 * still wait or run are waited for first, and their trials are not submitted again.
 *
 * @throws SubmitError as `submitJobs` and `waitForJobs`
 */
export function computeByJobs(options: ComputeByJobsOptions): (trials: readonly Trial[]) => Promise<void> {
  const { out, engine, settings, program, wordsOf, environment, progress, signal, note } = options;
  const jobs = join(out, 'jobs');
  return async (trials) => {
    const earlier = await foldersIn(jobs);
    for (const folder of earlier) {
      if (!(await statusesOf(join(jobs, folder))).every(isOver)) {
        note(`Jobs of ${join(jobs, folder)} still run.`);
        await waitForJobs(join(jobs, folder), { progress, signal });
      }
    }
    const missing: Trial[] = [];
    for (const trial of trials) {
      if ((await readTrial(out, trial)) === undefined) {
        missing.push(trial);
      }
    }
    if (missing.length === 0) {
      return;
    }
    const folder = join(jobs, String(earlier.length + 1).padStart(3, '0'));
    await submitJobs(
      folder,
      newSubmission({
        folder,
        name: `search-${earlier.length + 1}`,
        command: ['search', out],
        jobs: missing.map((trial) => ({ name: trialName(trial), words: wordsOf(trial), stage: 0 })),
        engine,
        settings,
        program,
        environment,
      }),
    );
    note(`${missing.length} trainings given to ${engine}: ${folder}`);
    await waitForJobs(folder, { progress, signal });
  };
}

async function foldersIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (isMissing(error)) {
      return [];
    }
    throw error;
  }
}
