import { join } from 'node:path';
import { refuseOverwrite } from '@fractura/array-files';
import { defineCommand, type CommandContext } from '@fractura/command-line';
import { datasetFolders } from '@fractura/nnunet-format';
import { plannerNames, type PlannerName } from '../planning/planner-presets.js';
import { planDataset } from '../workflow/plan-dataset.js';
import { fingerprintOptions } from './extract-fingerprint.js';
import { headings } from './headings.js';
import { reportSoundness } from './report-soundness.js';
import {
  checkProcesses,
  datasetOption,
  environment,
  folderOptions,
  foldersOf,
  processesMeaning,
} from './shared-options.js';

/** Options of every command that plans. */
export const planningOptions = {
  planner: { kind: 'string', alias: 'pl', describe: 'planner', choices: plannerNames, default: 'ExperimentPlanner' },
  'gpu-memory-target': { kind: 'number', describe: "memory for training in GB (default: the planner's)" },
  'overwrite-target-spacing': { kind: 'numbers', describe: 'spacing along z, y, x instead of the median' },
  'overwrite-plans-name': { kind: 'string', describe: "name of the plans (default: the planner's)" },
  'preprocessor-name': {
    kind: 'string',
    describe: 'preprocessor',
    choices: ['DefaultPreprocessor'],
    default: 'DefaultPreprocessor',
  },
  ...fingerprintOptions,
  'num-processes-fingerprint': {
    kind: 'number',
    alias: 'npfp',
    describe: `for check and fingerprint: ${processesMeaning}`,
  },
  'plan-for': {
    kind: 'string',
    describe: 'cpu: smaller networks and batches, in plans of their own that end in _cpu',
    choices: ['gpu', 'cpu'],
    default: 'gpu',
  },
  explain: { kind: 'boolean', describe: 'say why the plans are as they are', default: false },
} as const;

/** What these options, and those of the folders, say. */
export interface PlanningValues {
  raw: string | undefined;
  preprocessed: string | undefined;
  planner: PlannerName;
  gpuMemoryTarget: number | undefined;
  overwriteTargetSpacing: number[] | undefined;
  overwritePlansName: string | undefined;
  verifyDatasetIntegrity: boolean;
  clean: boolean;
  planFor: 'gpu' | 'cpu';
  explain: boolean;
  numProcessesFingerprint: number | undefined;
}

/** `fractura plan`: fingerprint and plans. */
export const planCommand = defineCommand({
  ...headings.plan,
  positionals: {},
  options: { ...datasetOption, ...planningOptions, ...folderOptions },
  examples: [
    ['-d 921 --verify-dataset-integrity', 'checks data set 921, writes dataset_fingerprint.json and nnUNetPlans.json'],
    ['-d 921 --gpu-memory-target 2 --overwrite-plans-name nnUNetPlans_2gb --explain', 'plans for 2 GB and says why'],
  ],
  run: async ({ dataset, ...values }, context) => {
    for (const numberOrName of dataset) {
      await plan(numberOrName, values, context);
    }
  },
});

/** Plans one data set and prints the plans or their file. @returns the name of the plans. */
export async function plan(numberOrName: string, values: PlanningValues, context: CommandContext): Promise<string> {
  const { progress, print, json, signal } = context;
  const { raw, preprocessed } = await datasetFolders(numberOrName, foldersOf(values), ['raw', 'preprocessed']);
  if (values.overwritePlansName !== undefined) {
    const described = ['dataset.json', 'dataset_fingerprint.json', 'splits_final.json'];
    await refuseOverwrite({
      inputs: [...described.map((name) => join(preprocessed, name)), join(raw, 'dataset.json')],
      outputs: [join(preprocessed, `${values.overwritePlansName}.json`)],
    });
  }
  const task = progress(values.verifyDatasetIntegrity ? 'Checking and measuring the data set' : 'Planning');
  const { plans, plansFile, explanation, integrity } = await planDataset({
    folder: raw,
    outputFolder: preprocessed,
    variables: environment,
    planner: values.planner,
    clean: values.clean,
    planFor: values.planFor,
    verifyIntegrity: values.verifyDatasetIntegrity,
    plansName: values.overwritePlansName,
    gpuMemoryTargetGb: values.gpuMemoryTarget,
    overwriteTargetSpacing: values.overwriteTargetSpacing,
    workers: checkProcesses(values.numProcessesFingerprint),
    signal,
    onProgress: task.update,
  });
  task.finish(integrity && reportSoundness(integrity, context));
  if (values.explain) {
    print(json ? { plans, explanation } : explanation);
  } else {
    print(json ? plans : plansFile);
  }
  return plans.plans_name;
}
