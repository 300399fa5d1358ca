import { resolve } from 'node:path';
import { defineCommand, type CommandDefinition } from '@fractura/command-line';
import { resubmitJobs } from '../control/submit-jobs.js';
import { folderPositional } from './folder-positional.js';
import { headings } from './headings.js';
import { waitForJobs } from './wait-for-jobs.js';

/** `submit resubmit FOLDER` */
export const resubmitCommand: CommandDefinition = defineCommand({
  ...headings.resubmit,
  positionals: folderPositional,
  options: { wait: { kind: 'boolean', describe: 'wait until the jobs are over', default: false } },
  examples: [['submissions/train-921-2d-all-folds', 'what failed, was cancelled or got lost']],
  run: async ({ folder: given, wait }, context) => {
    const folder = resolve(given);
    const { indices, ids } = await resubmitJobs(folder);
    context.print(context.json ? { indices, ids } : `Begun again: ${indices.join(', ')} (${ids.join(', ')}).`);
    if (wait) {
      await waitForJobs(folder, context);
    }
  },
});
