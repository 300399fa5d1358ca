import { defineCommand } from '@fractura/command-line';
import { headings } from './headings.js';
import { plan, planningOptions } from './plan.js';
import { preprocess, preprocessingOptions } from './preprocess.js';
import { datasetOption, folderOptions, loggingOptions } from './shared-options.js';

/** `fractura plan-and-preprocess`: both. */
export const planAndPreprocessCommand = defineCommand({
  ...headings.planAndPreprocess,
  positionals: {},
  options: {
    ...datasetOption,
    ...planningOptions,
    ...preprocessingOptions,
    // --no-pp denies it.
    pp: { kind: 'boolean', describe: 'preprocess; --no-pp plans only', default: true },
    ...loggingOptions,
    ...folderOptions,
  },
  examples: [['-d 921 -c 2d --verify-dataset-integrity', 'checks, plans and preprocesses data set 921']],
  run: async ({ dataset, pp, ...values }, context) => {
    for (const numberOrName of dataset) {
      const plansName = await plan(numberOrName, values, context);
      if (pp) {
        await preprocess(numberOrName, plansName, values, context);
      }
    }
  },
});
