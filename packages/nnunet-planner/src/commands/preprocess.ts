import { join } from 'node:path';
import { defineCommand, type CommandContext } from '@fractura/command-line';
import { datasetFolders, readPlans } from '@fractura/nnunet-format';
import { NnunetPlannerError } from '../errors.js';
import { defaultConfigurations } from '../workflow/plan-and-preprocess.js';
import { preprocessDataset } from '../workflow/preprocess-dataset.js';
import { headings } from './headings.js';
import {
  checkProcesses,
  datasetOption,
  environment,
  folderOptions,
  foldersOf,
  loggingOptions,
  processesMeaning,
} from './shared-options.js';

/** Options of every command that preprocesses. */
export const preprocessingOptions = {
  configurations: {
    kind: 'strings',
    alias: 'c',
    describe: 'configurations; those that the plans do not have are passed over',
    default: defaultConfigurations,
  },
  'num-processes': {
    kind: 'numbers',
    alias: 'np',
    describe: `${processesMeaning}; one number, or one for each configuration`,
  },
} as const;

/** What these options, and those of the folders, say. */
export interface PreprocessingValues {
  raw: string | undefined;
  preprocessed: string | undefined;
  configurations: string[];
  numProcesses: number[] | undefined;
}

/** `fractura preprocess`: cases ready for training. */
export const preprocessCommand = defineCommand({
  ...headings.preprocess,
  positionals: {},
  options: {
    ...datasetOption,
    'plans-name': { kind: 'string', alias: ['plans_name', 'p'], describe: 'name of the plans', default: 'nnUNetPlans' },
    ...preprocessingOptions,
    ...loggingOptions,
    ...folderOptions,
  },
  examples: [['-d 921 -c 2d', 'preprocesses data set 921 for its 2d configuration']],
  run: async ({ dataset, plansName, ...values }, context) => {
    for (const numberOrName of dataset) {
      await preprocess(numberOrName, plansName, values, context);
    }
  },
});

/** Preprocesses one data set for several configurations and prints the folders of their cases. */
export async function preprocess(
  numberOrName: string,
  plansName: string,
  values: PreprocessingValues,
  { progress, note, print, signal }: CommandContext,
): Promise<void> {
  const { configurations, numProcesses } = values;
  const { raw, preprocessed } = await datasetFolders(numberOrName, foldersOf(values), ['raw', 'preprocessed']);
  const plans = await readPlans(join(preprocessed, `${plansName}.json`));
  const processes = processesByConfiguration(configurations, numProcesses);
  for (const [index, configuration] of configurations.entries()) {
    if (plans.configurations[configuration] === undefined) {
      note(`${plansName} has no configuration ${configuration}: passed over`);
      continue;
    }
    const task = progress(`Preprocessing ${configuration}`);
    const folder = await preprocessDataset({
      folder: raw,
      outputFolder: preprocessed,
      plans,
      configuration,
      variables: environment,
      workers: processes[index],
      signal,
      onProgress: task.update,
    });
    task.finish();
    print(folder);
  }
}

/** @throws NnunetPlannerError `processes-invalid` */
function processesByConfiguration(
  configurations: readonly string[],
  given: readonly number[] = [],
): (number | undefined)[] {
  if (given.length > 1 && given.length !== configurations.length) {
    throw new NnunetPlannerError(`-np has ${given.length} numbers for ${configurations.length} configurations.`, {
      code: 'processes-invalid',
      remedy: 'Give one number, or one for each configuration.',
    });
  }
  return configurations.map((_, index) => checkProcesses(given.length > 1 ? given[index] : given.at(0)));
}
