import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '@fractura/array-files';
import {
  datasetName,
  nnunetFolder,
  readDatasetJson,
  readPlans,
  resolveConfiguration,
  type DatasetJson,
  type Plans,
} from '@fractura/nnunet-format';
import writeFileAtomic from 'write-file-atomic';
import { NnunetError } from '../errors.js';
import { nextStageFolder, type PreviousStage } from './previous-stage.js';
import type { Trainer } from './trainer.js';

/** Which data set to train on, and where its folders are. */
export interface OpenTrainingOptions {
  /** Number or name. */
  dataset: string;
  configuration: string;
  plansName: string;
  trainer: Trainer;
  /** nnU-Net's folders; default: the variables of the environment. */
  preprocessed?: string;
  results?: string;
}

/** Places and plans of a training. */
export interface Training {
  /** The data set's folder in nnUNet_preprocessed. */
  dataset: string;
  cases: string;
  modelFolder: string;
  plans: Plans;
  datasetJson: DatasetJson;
  /** Of a cascade's second stage: where the first stage's labels are, trained by the same trainer and plans. */
  previousStage?: PreviousStage;
}

/**
 * Finds a preprocessed data set and its plans; changes nothing.
 *
 * @throws NnunetPlannerError where a folder is not known, or plans or configuration are missing; NnunetError
 *   `not-preprocessed`
 */
export async function openTraining(options: OpenTrainingOptions): Promise<Training> {
  const { configuration, plansName, trainer } = options;
  const preprocessed = nnunetFolder('preprocessed', options.preprocessed);
  const results = nnunetFolder('results', options.results);
  const name = await datasetName(options.dataset, [preprocessed]);
  const dataset = join(preprocessed, name);
  const plans = await readPlans(join(dataset, `${plansName}.json`));
  const datasetJson = await readDatasetJson(join(dataset, 'dataset.json'));
  const { data_identifier: identifier, previous_stage: previous } = resolveConfiguration(plans, configuration);
  const cases = join(dataset, identifier);
  if (!existsSync(cases)) {
    throw new NnunetError(`${cases} does not exist.`, {
      code: 'not-preprocessed',
      remedy: `Preprocess first: fractura preprocess -d ${options.dataset} -c ${configuration} -plans_name ${plansName}.`,
    });
  }
  const modelFolder = (of: string) => join(results, name, `${trainer.name}__${plans.plans_name}__${of}`);
  return {
    dataset,
    cases,
    modelFolder: modelFolder(configuration),
    plans,
    datasetJson,
    previousStage:
      previous !== undefined
        ? { configuration: previous, folder: nextStageFolder(modelFolder(previous), configuration) }
        : undefined,
  };
}

/** Copies to the model folder what describes its networks, as nnU-Net does when a training begins. */
export async function describeModel({ dataset, modelFolder }: Training, plansName: string): Promise<void> {
  await makeFolder(modelFolder);
  for (const [from, to] of [
    [`${plansName}.json`, 'plans.json'],
    ['dataset.json', 'dataset.json'],
    ['dataset_fingerprint.json', 'dataset_fingerprint.json'],
  ]) {
    const source = join(dataset, from);
    if (existsSync(source)) {
      await writeFileAtomic(join(modelFolder, to), await readFile(source));
    }
  }
}
