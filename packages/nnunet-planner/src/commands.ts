import { join } from 'node:path';
import { defineCommand, type CommandContext } from '@fractura/command-line';
import { readDataset } from './dataset/read-dataset.js';
import { NnunetPlannerError } from './errors.js';
import { extractFingerprint } from './fingerprint/extract-fingerprint.js';
import { datasetFolders, readFingerprint, readPlans, writeFingerprint } from '@fractura/nnunet-format';
import { verifyDatasetIntegrity, type IntegrityReport } from './integrity/verify-dataset-integrity.js';
import { defaultConfigurations } from './plan-and-preprocess.js';
import { planDataset } from './plan-dataset.js';
import { plannerNames, type PlannerName } from './planning/planner-presets.js';
import { preprocessDataset } from './preprocessing/preprocess-dataset.js';

const datasets = {
  dataset: { kind: 'strings', alias: 'd', describe: 'numbers or names of data sets', required: true },
} as const;
const rawFolder = {
  raw: { kind: 'string', describe: 'folder of raw data sets (default: the variable nnUNet_raw)' },
} as const;
const folders = {
  ...rawFolder,
  preprocessed: { kind: 'string', describe: 'folder of preprocessed ones (default: nnUNet_preprocessed)' },
} as const;
const processes = 'cases in work at once; bounds memory (default: processors)';
const onlyProcesses = {
  'num-processes': { kind: 'number', alias: 'np', describe: processes },
} as const;
const fingerprinting = {
  'verify-dataset-integrity': { kind: 'boolean', describe: 'check the raw data set first', default: false },
  clean: { kind: 'boolean', describe: 'extract the fingerprint again, even if there is one', default: false },
  fpe: {
    kind: 'string',
    describe: 'fingerprint extractor',
    choices: ['DatasetFingerprintExtractor'],
    default: 'DatasetFingerprintExtractor',
  },
} as const;
const planning = {
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
  ...fingerprinting,
  'num-processes-fingerprint': { kind: 'number', alias: 'npfp', describe: `for check and fingerprint: ${processes}` },
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
    default: defaultConfigurations,
  },
  'num-processes': {
    kind: 'numbers',
    alias: 'np',
    describe: `${processes}; one number, or one for each configuration`,
  },
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
  numProcessesFingerprint: number | undefined;
}

interface PreprocessingValues {
  raw: string | undefined;
  preprocessed: string | undefined;
  configurations: string[];
  numProcesses: number[] | undefined;
}

/** `fractura verify-dataset-integrity`: the check alone. */
export const verifyCommand = defineCommand({
  name: 'verify-dataset-integrity',
  summary: 'Checks raw data sets: their dataset.json, that every file is there, and every image and label.',
  positionals: {},
  options: { ...datasets, ...onlyProcesses, ...rawFolder },
  examples: [['-d 921', 'says what is wrong with data set 921 and how to mend it']],
  run: async ({ dataset, raw, numProcesses }, context) => {
    for (const name of dataset) {
      const place = await datasetFolders(name, { raw }, ['raw']);
      const task = context.progress('Checking the data set');
      const report = await verifyDatasetIntegrity({
        folder: place.raw,
        variables: process.env,
        signal: context.signal,
        onProgress: task.update,
        ...workersOf(numProcesses),
      });
      task.finish(soundness(report, context));
      context.print(
        context.json ? { dataset: place.name, ...report } : `${place.name}: ${report.cases} cases are sound`,
      );
    }
  },
});

/** `fractura extract-fingerprint`: the fingerprint alone. */
export const extractFingerprintCommand = defineCommand({
  name: 'extract-fingerprint',
  summary: 'Extracts the fingerprint of raw data sets: shapes, spacings and intensities of their cases.',
  positionals: {},
  options: { ...datasets, ...fingerprinting, ...onlyProcesses, ...folders },
  examples: [['-d 921 --verify-dataset-integrity', 'checks data set 921, writes dataset_fingerprint.json']],
  run: async ({ dataset, clean, verifyDatasetIntegrity: verify, numProcesses, ...given }, context) => {
    const { progress, signal } = context;
    for (const name of dataset) {
      const { raw, preprocessed } = await datasetFolders(name, given);
      const file = join(preprocessed, 'dataset_fingerprint.json');
      const shared = { variables: process.env, signal, ...workersOf(numProcesses) };
      if (verify) {
        const task = progress('Checking the data set');
        task.finish(
          soundness(await verifyDatasetIntegrity({ folder: raw, onProgress: task.update, ...shared }), context),
        );
      }
      if (clean || !(await readFingerprint(file))) {
        const contents = await readDataset(raw, shared);
        const task = progress('Extracting the fingerprint');
        const fingerprint = await extractFingerprint({ dataset: contents, onProgress: task.update, ...shared });
        await writeFingerprint(file, fingerprint, contents.reader);
        task.finish();
      } else {
        context.note(`${file} is there already; --clean extracts it again`);
      }
      context.print(context.json ? await readFingerprint(file) : file);
    }
  },
});

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
    for (const name of dataset) {
      await plan(name, values, context);
    }
  },
});

/** `fractura preprocess`: cases ready for training. */
export const preprocessCommand = defineCommand({
  name: 'preprocess',
  summary: 'Crops, normalises and resamples the cases of data sets that have plans; goes on where it was stopped.',
  positionals: {},
  options: {
    ...datasets,
    'plans-name': { kind: 'string', alias: ['plans_name', 'p'], describe: 'name of the plans', default: 'nnUNetPlans' },
    ...preprocessing,
    ...folders,
  },
  examples: [['-d 921 -c 2d', 'preprocesses data set 921 for its 2d configuration']],
  run: async ({ dataset, plansName, ...values }, context) => {
    for (const name of dataset) {
      await preprocess(name, plansName, values, context);
    }
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
    // yargs reads --no-pp as "pp: false".
    pp: { kind: 'boolean', describe: 'preprocess; --no-pp plans only', default: true },
    ...folders,
  },
  examples: [['-d 921 -c 2d --verify-dataset-integrity', 'checks, plans and preprocesses data set 921']],
  run: async ({ dataset, pp, ...values }, context) => {
    for (const name of dataset) {
      const plansName = await plan(name, values, context);
      if (pp) {
        await preprocess(name, plansName, values, context);
      }
    }
  },
});

/** The commands of this package, for a program to mount. */
export const plannerCommands = [
  verifyCommand,
  extractFingerprintCommand,
  planCommand,
  preprocessCommand,
  planAndPreprocessCommand,
];

/** Gives the name of the plans. */
async function plan(dataset: string, values: PlanningValues, context: CommandContext): Promise<string> {
  const { progress, print, json, signal } = context;
  const { raw, preprocessed } = await datasetFolders(dataset, values);
  const task = progress(values.verifyDatasetIntegrity ? 'Checking and measuring the data set' : 'Planning');
  const { plans, plansFile, explanation, integrity } = await planDataset({
    folder: raw,
    outputFolder: preprocessed,
    variables: process.env,
    signal,
    onProgress: task.update,
    planner: values.planner as PlannerName,
    clean: values.clean,
    planFor: values.planFor as 'gpu' | 'cpu',
    verifyIntegrity: values.verifyDatasetIntegrity,
    plansName: values.overwritePlansName,
    gpuMemoryTargetGb: values.gpuMemoryTarget,
    overwriteTargetSpacing: values.overwriteTargetSpacing,
    ...workersOf(values.numProcessesFingerprint),
  });
  task.finish(integrity && soundness(integrity, context));
  if (values.explain) {
    print(json ? { plans, explanation } : explanation);
  } else {
    print(json ? plans : plansFile);
  }
  return plans.plans_name;
}

async function preprocess(
  dataset: string,
  plansName: string,
  values: PreprocessingValues,
  { progress, note, print, signal }: CommandContext,
): Promise<void> {
  const { raw, preprocessed } = await datasetFolders(dataset, values);
  const plans = await readPlans(join(preprocessed, `${plansName}.json`));
  const { configurations, numProcesses = [] } = values;
  if (numProcesses.length > 1 && numProcesses.length !== configurations.length) {
    throw new NnunetPlannerError(
      `-np has ${numProcesses.length} numbers for ${configurations.length} configurations.`,
      {
        code: 'processes-invalid',
        remedy: 'Give one number, or one for each configuration.',
      },
    );
  }
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
      variables: process.env,
      signal,
      onProgress: task.update,
      ...workersOf(numProcesses.at(numProcesses.length > 1 ? index : 0)),
    });
    task.finish();
    print(folder);
  }
}

/** How many cases are sound; warnings on lines of their own. */
function soundness({ cases, warnings }: IntegrityReport, { note }: CommandContext): string {
  for (const warning of warnings) {
    note(`warning: ${warning}`);
  }
  return `${cases} cases are sound`;
}

function workersOf(given: number | undefined): { workers?: number } {
  if (given === undefined) {
    return {};
  }
  if (Number.isInteger(given) && given >= 1) {
    return { workers: given };
  }
  throw new NnunetPlannerError(`The number of processes is ${given}.`, {
    code: 'processes-invalid',
    remedy: 'It is a whole number from 1 on.',
  });
}
