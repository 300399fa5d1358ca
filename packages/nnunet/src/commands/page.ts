import { join } from 'node:path';
import { refuseOverwrite } from '@fractura/array-files';
import { defineCommand } from '@fractura/command-line';
import { headings } from './headings.js';
import { pageOptions, writePageOf } from './page-options.js';

/** `fractura page`: a model as a page of static files. */
export const pageCommand = defineCommand({
  ...headings.page,
  positionals: {},
  options: {
    ...pageOptions,
    output: { kind: 'string', alias: 'o', describe: 'folder of the page', required: true },
  },
  examples: [
    [
      '-m nnUNetTrainer__nnUNetPlans__2d -o page',
      'writes page/index.html and what it loads; once opened from a server, it works offline',
    ],
  ],
  run: async ({ output, ...values }, context) => {
    const described = ['plans.json', 'dataset.json'].map((name) => join(values.model, name));
    await refuseOverwrite({ inputs: [values.model, ...described], folders: [output] });
    const file = await writePageOf(values, { output, offline: true }, context);
    context.print(context.json ? { file } : file);
  },
});
