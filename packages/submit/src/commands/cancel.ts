import { resolve } from 'node:path';
import { defineCommand, type CommandDefinition } from '@fractura/command-line';
import { cancelJobs } from '../control/submit-jobs.js';
import { folderPositional } from './folder-positional.js';
import { headings } from './headings.js';

/** `submit cancel FOLDER` */
export const cancelCommand: CommandDefinition = defineCommand({
  ...headings.cancel,
  positionals: folderPositional,
  options: { job: { kind: 'integers', minimum: 0, describe: 'numbers of jobs (default: all)' } },
  examples: [['submissions/train-921-2d-all-folds --job 2 3', 'ends two jobs']],
  run: async ({ folder, job }, { print, json }) => {
    const asked = await cancelJobs(resolve(folder), job);
    print(json ? asked : asked.length === 0 ? 'No job waits or runs.' : `Cancelled: ${asked.join(', ')}.`);
  },
});
