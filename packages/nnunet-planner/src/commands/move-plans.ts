import { defineCommand } from '@fractura/command-line';
import { datasetFolders } from '@fractura/nnunet-format';
import { movePlans } from '../workflow/move-plans.js';
import { headings } from './headings.js';
import { environment, folderOptions, foldersOf } from './shared-options.js';

/** `fractura move-plans-between-datasets`: the plans of one data set for another. */
export const movePlansCommand = defineCommand({
  ...headings.movePlans,
  positionals: {},
  options: {
    source: { kind: 'string', alias: 's', describe: 'number or name of the data set that is planned', required: true },
    target: { kind: 'string', alias: 't', describe: 'number or name of the one that gets its plans', required: true },
    'source-plans': { kind: 'string', alias: 'sp', describe: 'name of the plans, such as nnUNetPlans', required: true },
    'target-plans': { kind: 'string', alias: 'tp', describe: 'name that they get (default: the same)' },
    ...folderOptions,
  },
  examples: [
    [
      '-s 921 -t 922 -sp nnUNetPlans -tp nnUNetPlans_of_921',
      'plans data set 922 as 921; preprocess -d 922 -p nnUNetPlans_of_921 comes next',
    ],
  ],
  run: async ({ source, target, sourcePlans, targetPlans, ...given }, { print, json }) => {
    const folders = foldersOf(given);
    const from = await datasetFolders(source, folders, ['preprocessed']);
    const to = await datasetFolders(target, folders, ['raw', 'preprocessed']);
    const { plans, plansFile } = await movePlans({
      source: from.preprocessed,
      sourcePlans,
      targetRaw: to.raw,
      target: to.preprocessed,
      targetPlans,
      variables: environment,
    });
    print(json ? plans : plansFile);
  },
});
