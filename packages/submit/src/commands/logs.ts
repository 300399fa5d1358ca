import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { defineCommand, type CommandDefinition } from '@fractura/command-line';
import { isMissing } from '@fractura/errors';
import { SubmitError } from '../errors.js';
import { logFile, outputFile } from '../submission/job-state.js';
import { readSubmission } from '../submission/submission-folder.js';
import { folderPositional } from './folder-positional.js';
import { headings } from './headings.js';

/** `submit logs FOLDER` */
export const logsCommand: CommandDefinition = defineCommand({
  ...headings.logs,
  positionals: folderPositional,
  options: {
    job: { kind: 'integer', minimum: 0, describe: 'number of one job (default: all)' },
    lines: { kind: 'integer', minimum: 1, describe: 'number of the last lines to print', default: 20 },
    output: { kind: 'boolean', describe: 'standard output instead of standard error', default: false },
  },
  examples: [['submissions/train-921-2d-all-folds --job 3', 'what job 3 wrote last']],
  run: async ({ folder: given, job, lines, output }, { print, json }) => {
    const folder = resolve(given);
    const { jobs } = await readSubmission(folder);
    const asked = jobs.filter(({ index }) => job === undefined || index === job);
    if (asked.length === 0) {
      throw new SubmitError(`${folder} has no job ${job}.`, {
        code: 'job-unknown',
        remedy: `Its jobs are 0 to ${jobs.length - 1}.`,
      });
    }
    const parts = await Promise.all(
      asked.map(async ({ index, name }) => ({
        index,
        name,
        lines: await lastLines((output ? outputFile : logFile)(folder, index), lines),
      })),
    );
    print(
      json ? parts : parts.map((part) => [`== job ${part.index}, ${part.name}`, ...part.lines].join('\n')).join('\n'),
    );
  },
});

async function lastLines(path: string, count: number): Promise<string[]> {
  try {
    const text = (await readFile(path, 'utf8')).trimEnd();
    return text === '' ? [] : text.split('\n').slice(-count);
  } catch (error) {
    if (isMissing(error)) {
      return [];
    }
    throw error;
  }
}
