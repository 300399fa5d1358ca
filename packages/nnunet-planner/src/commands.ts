import { access, copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { defineCommand, type CommandContext } from '@fractura/command-line';
import { readLabels } from './dataset/labels.js';
import { readDataset } from './dataset/read-dataset.js';
import { extractFingerprint, type DatasetFingerprint } from './fingerprint/extract-fingerprint.js';
import { datasetFolders } from './folders.js';
import { verifyDatasetIntegrity } from './integrity/verify-dataset-integrity.js';
import { explainPlan } from './planning/explain-plan.js';
import { planExperiment } from './planning/plan-experiment.js';
import { planForCpu } from './planning/plan-for-cpu.js';
import { plannerNames, plannerPreset, type PlannerName } from './planning/planner-presets.js';
import type { Plans } from './plans/plans.js';
import { readFingerprint } from './plans/read-fingerprint.js';
import { readPlans, readPlansIfAny } from './plans/read-plans.js';
import { writeFingerprint, writePlans } from './plans/write-json.js';
import { preprocessDataset } from './preprocessing/preprocess-dataset.js';

const datasets = {
  dataset: { kind: 'strings', alias: 'd', describe: 'numbers or names of data sets', required: true },
} as const;
const folders = {
  raw: { kind: 'string', describe: 'folder of raw data sets (default: the variable nnUNet_raw)' },
  preprocessed: { kind: 'string', describe: 'folder of preprocessed ones (default: nnUNet_preprocessed)' },
} as const;
const planning = {
  planner: { kind: 'string', alias: 'pl', describe: 'planner', choices: plannerNames, default: 'ExperimentPlanner' },
  'gpu-memory-target': { kind: 'number', describe: "memory for training in GB (default: the planner's)" },
  'overwrite-target-spacing': { kind: 'numbers', describe: 'spacing along z, y, x instead of the median' },
  'overwrite-plans-name': { kind: 'string', describe: "name of the plans (default: the planner's)" },
  'verify-dataset-integrity': { kind: 'boolean', describe: 'check the raw data set first', default: false },
  clean: { kind: 'boolean', describe: 'extract the fingerprint again, even if there is one', default: false },
  'plan-for': {
    kind: 'string',
    describe: 'cpu: smaller networks and batches, in plans of their own that end in _cpu',
    choices: ['gpu', 'cpu'],
    default: 'gpu',
  },
  explain: { kind: 'boolean', describe: 'say why the plans are as they are', default: false },
} as const;
const preprocessing = {
  configurations: {
    kind: 'strings',
    alias: 'c',
    describe: 'configurations; those that the plans do not have are passed over',
    default: ['2d', '3d_fullres', '3d_lowres'],
  },
  'num-processes': { kind: 'number', alias: 'np', describe: 'cases in work at once; bounds memory' },
} as const;

interface PlanningValues {
  raw: string | undefined;
  preprocessed: string | undefined;
  planner: string;
  gpuMemoryTarget: number | undefined;
  overwriteTargetSpacing: number[] | undefined;
  overwritePlansName: string | undefined;
  verifyDatasetIntegrity: boolean;
  clean: boolean;
  planFor: string;
  explain: boolean;
}

interface PreprocessingValues {
  raw: string | undefined;
  preprocessed: string | undefined;
  configurations: string[];
  numProcesses: number | undefined;
}

/** `fractura plan`: fingerprint and plans. */
export const planCommand = defineCommand({
  name: 'plan',
  summary: 'Extracts the fingerprint of raw data sets and plans networks, patches and batches for them.',
  positionals: {},
  options: { ...datasets, ...planning, ...folders },
  examples: [
    ['-d 921 --verify-dataset-integrity', 'checks data set 921, writes dataset_fingerprint.json and nnUNetPlans.json'],
    ['-d 921 --gpu-memory-target 2 --overwrite-plans-name nnUNetPlans_2gb --explain', 'plans for 2 GB and says why'],
  ],
  run: async ({ dataset, ...values }, context) => {
    for (const name of dataset) await plan(name, values, context);
  },
});

/** `fractura preprocess`: cases ready for training. */
export const preprocessCommand = defineCommand({
  name: 'preprocess',
  summary: 'Crops, normalises and resamples the cases of data sets that have plans.',
  positionals: {},
  options: {
    ...datasets,
    'plans-name': { kind: 'string', alias: 'plans_name', describe: 'name of the plans', default: 'nnUNetPlans' },
    ...preprocessing,
    ...folders,
  },
  examples: [['-d 921 -c 2d', 'preprocesses data set 921 for its 2d configuration']],
  run: async ({ dataset, plansName, ...values }, context) => {
    for (const name of dataset) await preprocess(name, plansName, values, context);
  },
});

/** `fractura plan-and-preprocess`: both. */
export const planAndPreprocessCommand = defineCommand({
  name: 'plan-and-preprocess',
  summary: 'Plans data sets and preprocesses their cases.',
  positionals: {},
  options: {
    ...datasets,
    ...planning,
    ...preprocessing,
    'no-pp': { kind: 'boolean', describe: 'plan only', default: false },
    ...folders,
  },
  examples: [['-d 921 -c 2d --verify-dataset-integrity', 'checks, plans and preprocesses data set 921']],
  run: async ({ dataset, noPp, ...values }, context) => {
    for (const name of dataset) {
      const plansName = await plan(name, values, context);
      if (!noPp) await preprocess(name, plansName, values, context);
    }
  },
});

/** The commands of this package, for a program to mount. */
export const plannerCommands = [planCommand, preprocessCommand, planAndPreprocessCommand];

/** Gives the name of the plans. */
async function plan(
  dataset: string,
  values: PlanningValues,
  { progress, print, note, json, signal }: CommandContext,
): Promise<string> {
  const { raw, preprocessed } = await datasetFolders(dataset, values);
  if (values.verifyDatasetIntegrity) {
    const task = progress('Checking the data set');
    const { cases } = await verifyDatasetIntegrity({ folder: raw, signal, onProgress: task.update });
    task.finish(`${cases} cases are sound`);
  }
  const contents = await readDataset(raw);
  const planner = values.planner as PlannerName;
  const plansName = values.overwritePlansName ?? plannerPreset(planner).plansName;
  const plansFile = join(preprocessed, `${plansName}.json`);
  const fingerprintFile = join(preprocessed, 'dataset_fingerprint.json');
  let fingerprint: DatasetFingerprint | undefined = values.clean ? undefined : await readFingerprint(fingerprintFile);
  await mkdir(preprocessed, { recursive: true });
  if (!fingerprint) {
    const task = progress('Extracting the fingerprint');
    fingerprint = await extractFingerprint({ dataset: contents, signal, onProgress: task.update });
    await writeFingerprint(fingerprintFile, fingerprint, contents.reader);
    task.finish();
  }
  const existing = await readPlansIfAny(plansFile);
  const options = {
    ...{ dataset: contents, fingerprint, planner, plansName },
    ...(values.gpuMemoryTarget === undefined ? {} : { gpuMemoryTargetGb: values.gpuMemoryTarget }),
    ...(values.overwriteTargetSpacing ? { overwriteTargetSpacing: values.overwriteTargetSpacing } : {}),
    ...(existing ? { existing } : {}),
  };
  const planned = planExperiment(options);
  const plans = values.planFor === 'cpu' ? shrink(planned) : planned;
  await copyFile(join(raw, 'dataset.json'), join(preprocessed, 'dataset.json'));
  await keepSplits(raw, preprocessed);
  const file = join(preprocessed, `${plans.plans_name}.json`);
  await writePlans(file, plans);
  if (values.explain) print(explainPlan(options));
  else print(json ? plans : file);
  return plans.plans_name;

  function shrink(planned: Plans): Plans {
    const { channel_names: channels } = contents.datasetJson;
    const smaller = planForCpu(planned, {
      inputs: Object.keys(channels).length,
      outputs: readLabels(contents.datasetJson).segmentationHeads,
    });
    for (const reason of smaller.reasons) note(reason);
    return smaller.plans;
  }
}

async function preprocess(
  dataset: string,
  plansName: string,
  values: PreprocessingValues,
  { progress, note, print, signal }: CommandContext,
): Promise<void> {
  const { raw, preprocessed } = await datasetFolders(dataset, values);
  const plans = await readPlans(join(preprocessed, `${plansName}.json`));
  for (const configuration of values.configurations) {
    if (plans.configurations[configuration] === undefined) {
      note(`${plansName} has no configuration ${configuration}: passed over`);
      continue;
    }
    const task = progress(`Preprocessing ${configuration}`);
    const folder = await preprocessDataset({
      ...{ folder: raw, outputFolder: preprocessed, plans, configuration, signal, onProgress: task.update },
      ...(values.numProcesses === undefined ? {} : { workers: values.numProcesses }),
    });
    task.finish();
    print(folder);
  }
}

/** Splits that come with the raw data are taken over, where there are none yet. */
async function keepSplits(raw: string, preprocessed: string): Promise<void> {
  const [from, to] = [raw, preprocessed].map((folder) => join(folder, 'splits_final.json'));
  const exists = (file: string) =>
    access(file).then(
      () => true,
      () => false,
    );
  if ((await exists(from)) && !(await exists(to))) await copyFile(from, to);
}
