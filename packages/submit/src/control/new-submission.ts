import { isAbsolute, relative, resolve } from 'node:path';
import { SubmitError } from '../errors.js';
import type { PlannedJob } from '../jobs/fan-out.js';
import type { SubmittedProgram } from '../jobs/submitted-program.js';
import type { EngineName, JobSettings, Submission } from '../submission/submission.js';

export interface NewSubmissionOptions {
  /** Where the submission is to stand, absolute. */
  folder: string;
  /** For people and queues. */
  name: string;
  /** The command line as it was asked for. */
  command: readonly string[];
  jobs: readonly PlannedJob[];
  engine: EngineName;
  settings: JobSettings;
  program: Pick<SubmittedProgram, 'words' | 'wordsInContainer' | 'environment'>;
  /** In which the program's variables are looked up. */
  environment: Readonly<Record<string, string | undefined>>;
}

/**
 * A submission of jobs of a program that start in the folder of this process.
 *
 * @throws SubmitError `outside-the-volume`
 */
export function newSubmission(options: NewSubmissionOptions): Submission {
  const { folder, name, command, jobs, engine, settings, program } = options;
  const submission: Submission = {
    version: 1,
    name,
    engine,
    created: new Date().toISOString(),
    command: [...command],
    program: [...(engine === 'kubernetes' ? program.wordsInContainer : program.words)],
    directory: process.cwd(),
    environment: setOf(program.environment, options.environment),
    settings,
    jobs: jobs.map((job, index) => ({ index, ...job })),
  };
  checkVolume(folder, submission);
  return submission;
}

function setOf(names: readonly string[], environment: NewSubmissionOptions['environment']): Record<string, string> {
  const values: Record<string, string> = {};
  for (const name of names) {
    const value = environment[name];
    if (value !== undefined) {
      // A job may start elsewhere.
      values[name] = resolve(value);
    }
  }
  return values;
}

function checkVolume(folder: string, { settings, directory }: Submission): void {
  const { kubernetes } = settings;
  if (kubernetes === undefined) {
    return;
  }
  for (const path of [folder, directory]) {
    const way = relative(kubernetes.mountPath, path);
    if (way.startsWith('..') || isAbsolute(way)) {
      throw new SubmitError(`${path} is not on the volume ${kubernetes.mountPath}, so that no container sees it.`, {
        code: 'outside-the-volume',
        remedy: 'Work in a folder of the volume, with --output below it, or give the right --mount-path.',
      });
    }
  }
}
