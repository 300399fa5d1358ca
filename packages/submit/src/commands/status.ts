import { resolve } from 'node:path';
import { defineCommand, type CommandDefinition } from '@fractura/command-line';
import type { JobStatus } from '../control/job-status.js';
import { statusesOf } from '../control/statuses-of.js';
import { headings } from './headings.js';
import { waitForJobs } from './wait-for-jobs.js';
import { folderPositional } from './folder-positional.js';

/** `submit status FOLDER` */
export const statusCommand: CommandDefinition = defineCommand({
  ...headings.status,
  positionals: folderPositional,
  options: { wait: { kind: 'boolean', describe: 'wait until the jobs are over', default: false } },
  examples: [['submissions/train-921-2d-all-folds', 'a line for each job']],
  run: async ({ folder: given, wait }, context) => {
    const folder = resolve(given);
    const report = async () => {
      const statuses = await statusesOf(folder);
      context.print(context.json ? statuses : statuses.map(lineOf).join('\n'));
    };
    if (!wait) {
      await report();
      return;
    }
    try {
      await waitForJobs(folder, context);
    } finally {
      await report();
    }
  },
});

function lineOf({ index, name, state, attempts, host, schedulerId, exitStatus }: JobStatus): string {
  const details = [
    attempts > 1 ? `${attempts} attempts` : '',
    host === undefined ? '' : `on ${host}`,
    schedulerId ?? '',
    state === 'failed' && exitStatus !== undefined ? `exit status ${exitStatus}` : '',
  ].filter((detail) => detail !== '');
  return `${String(index).padStart(4)}  ${state.padEnd(11)}  ${[name, ...details].join(', ')}`;
}
