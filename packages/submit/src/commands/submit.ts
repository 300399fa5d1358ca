import { join, resolve } from 'node:path';
import { defineCommand, UsageError, type CommandDefinition } from '@fractura/command-line';
import type { PlannedJob } from '../jobs/fan-out.js';
import type { SubmittedProgram } from '../jobs/submitted-program.js';
import { jobsForValues } from '../jobs/values-for.js';
import { newSubmission } from '../control/new-submission.js';
import { describeSubmission, submitJobs } from '../control/submit-jobs.js';
import { headings } from './headings.js';
import { jobOptions, jobSettings } from './job-options.js';
import { readSettingsFile } from './settings-file.js';
import { waitForJobs } from './wait-for-jobs.js';

/** `submit -- COMMAND...`: hands a command over as one job or several. */
export function submitCommand(program: SubmittedProgram): CommandDefinition {
  const command: CommandDefinition = defineCommand({
    ...headings.submit,
    positionals: {},
    rest: 'COMMAND',
    options: {
      ...jobOptions,
      output: { kind: 'string', alias: 'o', describe: 'folder of the submission (default: submissions/NAME)' },
      name: { kind: 'string', describe: 'of the submission (default: made of the command)' },
      for: {
        kind: 'strings',
        describe: 'a job for each value of a word in braces: --for seed=0,1,2 -- run --seed {seed}',
      },
      settings: { kind: 'string', describe: 'a YAML file of these options, such as a site’s partition and account' },
      'dry-run': { kind: 'boolean', describe: 'print the script or the YAML and submit nothing' },
      wait: { kind: 'boolean', describe: 'wait until the jobs are over; exit status 1 if one was not done' },
    },
    examples: [
      ['-- train 921 2d all-folds --epochs 50', 'five folds, one after the other, then find-best-configuration'],
      [
        '--engine slurm --gpus 1 --time 8:00:00 -- train 921 2d all-folds',
        'an array of five, and a job that follows it',
      ],
      ['--at-once 2 -- predict -i images -o labels -d 921 -c 2d --num-parts 4', 'four parts, two at once'],
      ['--for seed=0,1,2 -- run --data FracAtlas --seed {seed} --output runs/{seed}', 'a study with three seeds'],
    ],
    run: async (given, context) => {
      const values =
        given.settings === undefined ? given : merged(await readSettingsFile(given.settings, command), given);
      const { engine, settings } = jobSettings(values);
      const jobs = await planJobs(context.rest, values.for ?? [], program);
      const name = values.name ?? nameOf(context.rest);
      const folder = resolve(values.output ?? join('submissions', name));
      const submission = newSubmission({
        folder,
        name,
        command: context.rest,
        jobs,
        engine,
        settings,
        program,
        environment: process.env,
      });
      if (values.dryRun === true) {
        context.print(describeSubmission(folder, submission));
        return;
      }
      const ids = await submitJobs(folder, submission);
      context.note(`${jobs.length} ${jobs.length === 1 ? 'job' : 'jobs'} given to ${engine}: ${ids.join(', ')}.`);
      context.print(context.json ? { folder, engine, jobs: jobs.length, ids } : folder);
      if (values.wait === true) {
        await waitForJobs(folder, context);
      }
    },
  });
  return command;
}

/** What was given counts more than the file. */
function merged<Values extends object>(file: Record<string, unknown>, given: Values): Values {
  const all: Record<string, unknown> = { ...file };
  for (const [key, value] of Object.entries(given)) {
    if (value !== undefined) {
      all[key] = value;
    }
  }
  return all as Values;
}

async function planJobs(
  words: readonly string[],
  values: readonly string[],
  { fanOut, check }: SubmittedProgram,
): Promise<PlannedJob[]> {
  if (words.length === 0) {
    throw new UsageError('No command is given.', { remedy: 'Write it after --, as in "submit -- train 921 2d 0".' });
  }
  const jobs: PlannedJob[] = [];
  for (const job of jobsForValues(words, values)) {
    const dealt = (await fanOut(job.words)) ?? [{ ...job, name: job.name || job.words[0] }];
    for (const each of dealt) {
      await check(each.words);
      jobs.push({ ...each, name: dealt.length > 1 ? `${job.name} ${each.name}`.trim() : each.name });
    }
  }
  return jobs;
}

/** The command's words up to the first option, as a name of files and jobs. */
function nameOf(words: readonly string[]): string {
  const end = words.findIndex((word) => word.startsWith('-'));
  return words
    .slice(0, end === -1 ? words.length : end)
    .map((word) =>
      word
        .split('/')
        .at(-1)!
        .replace(/[^\w.-]+/g, '-'),
    )
    .join('-')
    .slice(0, 60);
}
