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
    float16: {
      kind: 'boolean',
      describe: 'store kernels in float16: half the size, and results that differ a little',
      default: false,
    },
  },
  examples: [
    [
      '-m nnUNetTrainer__nnUNetPlans__2d -o page',
      'writes page/index.html and what it loads; once opened from a server, it works offline',
    ],
    ['-m nnUNetTrainer__nnUNetPlans__2d --classifier classifier -o page', 'has a classifier with Grad-CAM, too'],
  ],
  run: async ({ output, float16, ...values }, context) => {
    const described = ['plans.json', 'dataset.json'].map((name) => join(values.model, name));
    const classifier = values.classifier === undefined ? [] : [values.classifier];
    await refuseOverwrite({ inputs: [values.model, ...described, ...classifier], folders: [output] });
    const kernels = float16 ? 'float16' : 'float32';
    const file = await writePageOf(values, { output, offline: true, kernels }, context);
    context.print(context.json ? { file } : file);
  },
});
