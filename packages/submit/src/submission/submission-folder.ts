import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withFolder, writeFileBeside } from '@fractura/array-files';
import { reasonOf } from '@fractura/errors';
import { SubmitError } from '../errors.js';
import { writeJobState } from './job-state.js';
import type { Submission } from './submission.js';

const submissionFile = (folder: string) => join(folder, 'submission.json');

/**
 * Makes the folder of a submission: `submission.json`, and for each job `jobs/INDEX/state.json`.
 *
 * @throws SubmitError `submission-exists` where the folder has one; ArrayFilesError `folder-in-use` where another is being made.
 */
export async function makeSubmission(folder: string, submission: Submission): Promise<void> {
  await withFolder(folder, async () => {
    if (existsSync(submissionFile(folder))) {
      throw new SubmitError(`${folder} has a submission already.`, {
        code: 'submission-exists',
        remedy: 'Choose another folder with --output, or begin what failed again with "submit resubmit".',
      });
    }
    for (const { index } of submission.jobs) {
      await writeJobState(folder, index, { state: 'waiting', attempts: 0 });
    }
    // Last: a folder with this file is whole.
    await writeFileBeside(submissionFile(folder), `${JSON.stringify(submission, null, 2)}\n`);
  });
}

/** @throws SubmitError `submission-missing`, `submission-invalid` */
export async function readSubmission(folder: string): Promise<Submission> {
  const path = submissionFile(folder);
  if (!existsSync(path)) {
    throw new SubmitError(`${folder} is not a submission: it has no submission.json.`, {
      code: 'submission-missing',
      remedy: 'Give the folder that "submit" named when the jobs were submitted.',
    });
  }
  try {
    const submission = JSON.parse(await readFile(path, 'utf8')) as Submission;
    if (submission.version !== 1 || !Array.isArray(submission.jobs)) {
      throw new Error(`its version is ${String(submission.version)}`);
    }
    return submission;
  } catch (cause) {
    throw new SubmitError(`${path} cannot be used: ${reasonOf(cause)}.`, {
      code: 'submission-invalid',
      remedy: 'Use the version of Fractura that made it.',
      cause,
    });
  }
}

/** Jobs that were given to a scheduler at once. */
export interface Handover {
  /** What the scheduler calls them. */
  id: string;
  stage: number;
  indices: number[];
}

const handoverFile = (folder: string) => join(folder, 'handovers.json');

/** What was given to the scheduler, the first first. */
export async function readHandovers(folder: string): Promise<Handover[]> {
  return existsSync(handoverFile(folder))
    ? (JSON.parse(await readFile(handoverFile(folder), 'utf8')) as Handover[])
    : [];
}

/** Notes what was given to the scheduler. */
export async function addHandover(folder: string, handover: Handover): Promise<void> {
  const all = [...(await readHandovers(folder)), handover];
  await writeFileBeside(handoverFile(folder), `${JSON.stringify(all, null, 2)}\n`);
}
