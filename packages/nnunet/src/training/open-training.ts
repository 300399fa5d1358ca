import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  datasetName,
  formatModelName,
  readDatasetJson,
  readPlans,
  resolveConfiguration,
  resolveNetworkConfiguration,
  type DatasetJson,
  type Plans,
} from '@fractura/nnunet-format';
import { NnunetError } from '../errors.js';
import { checkPatchMemory } from '../model/check-patch-memory.js';
import { nextStageFolder, type PreviousStage } from './previous-stage.js';
import { chooseTrainer, type Trainer } from './trainer.js';

/** Which data set to train on and how, and where the folders are. */
export interface OpenTrainingOptions {
  /** nnU-Net's folder of preprocessed data sets. */
  preprocessed: string;
  /** nnU-Net's folder of results. */
  results: string;
  /** Number or name, such as `921` or `Dataset921_FracAtlas`. */
  dataset: string;
  /** Such as `2d`. */
  configuration: string;
  /** Name of the plans. Default `nnUNetPlans`. */
  plans?: string;
  /** `nnUNetTrainer` (default), `nnUNetTrainerNoDA` or `nnUNetTrainerNoMirroring`, each also with an ending such as `_50epochs`. */
  trainer?: string;
  /** Default: as the trainer's name says, else 1000. They become part of the model folder's name. */
  epochs?: number;
}

/** The places and plans of a training. */
export interface Training {
  /** The data set's folder among the preprocessed ones. */
  dataset: string;
  /** Its folder of preprocessed cases of this configuration. */
  cases: string;
  /** `trainer__plans__configuration` among the results. */
  modelFolder: string;
  configuration: string;
  trainer: Trainer;
  plansFile: string;
  plans: Plans;
  datasetJson: DatasetJson;
  /** Of a cascade's second stage: where the first stage's labels are, trained by the same trainer and plans. */
  previousStage?: PreviousStage;
}

/**
 * Finds a preprocessed data set and its plans, and names the model's folder. Writes nothing.
 *
 * @throws NnunetError `not-preprocessed`, `trainer-unsupported`, `epochs-contradictory`, `patch-too-large`; NnunetFormatError
 *   where the data set, its plans or the configuration are missing or damaged.
 * @see nnU-Net: nnunetv2/run/run_training.py, get_trainer_from_args
 */
export async function openTraining({
  preprocessed,
  results,
  dataset: numberOrName,
  configuration,
  plans: plansName = 'nnUNetPlans',
  trainer: trainerName = 'nnUNetTrainer',
  epochs,
}: OpenTrainingOptions): Promise<Training> {
  const trainer = chooseTrainer(trainerName, epochs);
  const name = await datasetName(numberOrName, [preprocessed]);
  const dataset = join(preprocessed, name);
  const plansFile = join(dataset, `${plansName}.json`);
  const plans = await readPlans(plansFile);
  const datasetJson = await readDatasetJson(join(dataset, 'dataset.json'));
  const { data_identifier: identifier, previous_stage: previous } = resolveConfiguration(plans, configuration);
  checkPatchMemory(resolveNetworkConfiguration(plans, configuration));
  const cases = join(dataset, identifier);
  if (!existsSync(cases)) {
    throw new NnunetError(`${cases} does not exist: the data set is not preprocessed for ${configuration}.`, {
      code: 'not-preprocessed',
      remedy: `Preprocess it first: fractura preprocess -d ${numberOrName} -c ${configuration} -plans_name ${plansName}.`,
    });
  }
  const modelFolder = (of: string) =>
    join(results, name, formatModelName({ trainer: trainer.name, plans: plans.plans_name, configuration: of }));
  const training: Training = {
    dataset,
    cases,
    modelFolder: modelFolder(configuration),
    configuration,
    trainer,
    plansFile,
    plans,
    datasetJson,
  };
  if (previous !== undefined) {
    training.previousStage = {
      configuration: previous,
      folder: nextStageFolder(modelFolder(previous), configuration),
    };
  }
  return training;
}
