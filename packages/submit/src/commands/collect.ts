import { join, resolve } from 'node:path';
import { defineCommand, type CommandDefinition } from '@fractura/command-line';
import { collectResults, type JobResult } from '../control/collect-results.js';
import { statusesOf } from '../control/statuses-of.js';
import { folderPositional } from './folder-positional.js';
import { headings } from './headings.js';
import { unfinished } from './wait-for-jobs.js';

/** `submit collect FOLDER` */
export const collectCommand: CommandDefinition = defineCommand({
  ...headings.collect,
  positionals: folderPositional,
  options: { partial: { kind: 'boolean', describe: 'even where jobs are not done', default: false } },
  examples: [['submissions/train-921-2d-all-folds', 'exit status 1 where a job is not done']],
  run: async ({ folder: given, partial }, { print, note, json }) => {
    const folder = resolve(given);
    const results = await collectResults(folder, await statusesOf(folder));
    const missing = results.filter(({ state }) => state !== 'done');
    if (missing.length > 0 && !partial) {
      throw unfinished(folder, missing);
    }
    print(json ? results : results.map(textOf).join('\n'));
    note(`Kept in ${join(folder, 'results.json')}.`);
  },
});

const textOf = ({ index, name, state, result }: JobResult): string =>
  `== job ${index}, ${name}: ${state}\n${typeof result === 'string' ? result : JSON.stringify(result, null, 2)}`;
