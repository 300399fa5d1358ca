import { join } from 'node:path';
import {
  readDatasetJson,
  readPlans,
  readLabels,
  resolveConfiguration,
  type DatasetJson,
  type PlanConfiguration,
  type Plans,
} from '@fractura/nnunet-format';
import { buildUnet, countInputChannels, type Unet } from '@fractura/unet-model';
import { NnunetError } from '../errors.js';
import { namesIn } from '../folders/list-cases.js';
import { checkpointFile, readCheckpoint, type InferenceCheckpoint } from './read-checkpoint.js';

/** A trained model, ours or real nnU-Net's: its folds' networks and what describes them. */
export interface TrainedModel {
  folder: string;
  plans: Plans;
  datasetJson: DatasetJson;
  /** Such as `2d`. */
  configuration: string;
  plan: PlanConfiguration;
  /** Axes that training allows to mirror along. */
  mirrorAxes: readonly number[];
  /** One per fold. */
  networks: readonly Unet[];
  dispose: () => void;
}

/** Which folds of which model. */
export interface LoadModelOptions {
  folder: string;
  /** Default: all that have the checkpoint, `all` left out unless it is the only one. */
  folds?: readonly string[];
  /** Name of the checkpoint, with or without an ending. Default `checkpoint_final`. */
  checkpoint?: string;
}

/**
 * Loads the folds of a model folder with its plans and dataset.json. Configuration and mirroring are those of the first
 * fold's checkpoint, as in nnU-Net; where that holds weights alone, the folder's name and the patch tell them.
 *
 * @throws NnunetError `folder-missing`, `no-folds`, `checkpoint-missing`, `model-folder`; errors of planner, weights and
 *   network where files are missing, damaged or do not fit each other.
 * @see reference/nnunet-v2/behaviour.md, section 8.1
 */
export async function loadModel({
  folder,
  folds: given,
  checkpoint = 'checkpoint_final',
}: LoadModelOptions): Promise<TrainedModel> {
  const names = await namesIn(folder);
  const plans = await readPlans(join(folder, 'plans.json'));
  const datasetJson = await readDatasetJson(join(folder, 'dataset.json'));
  const folds = given ?? trainedFolds(folder, names, checkpoint);
  const files = folds.map((fold) => checkpointOf(folder, fold, checkpoint));

  const networks: Unet[] = [];
  const dispose = () => {
    for (const network of networks) {
      network.dispose();
    }
  };
  try {
    const first = await readCheckpoint(files[0]);
    const configuration = configurationOf(first, folder);
    const plan = resolveConfiguration(plans, configuration);
    const labels = readLabels(datasetJson);
    for (const file of files) {
      const { weights } = file === files[0] ? first : await readCheckpoint(file);
      networks.push(
        buildUnet({
          architecture: plan.architecture,
          inputChannels: countInputChannels(plan, datasetJson),
          outputChannels: labels.segmentationHeads,
          weights,
        }),
      );
    }
    const mirrorAxes = first.mirrorAxes ?? plan.patch_size.map((_, axis) => axis);
    return { folder, plans, datasetJson, configuration, plan, mirrorAxes, networks, dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

function trainedFolds(folder: string, names: readonly string[], checkpoint: string): string[] {
  const folds = names
    .filter((name) => /^fold_(\d+|all)$/.test(name))
    .map((name) => name.slice('fold_'.length))
    .filter((fold) => checkpointFile(folder, fold, checkpoint) !== undefined);
  const numbered = folds.filter((fold) => fold !== 'all').sort((a, b) => Number(a) - Number(b));
  if (folds.length > 0) {
    return numbered.length > 0 ? numbered : folds;
  }
  throw new NnunetError(`${folder} has no fold with a ${checkpoint}.`, {
    code: 'no-folds',
    remedy: 'Give the folder that holds fold_0 and so on, or train a fold first.',
  });
}

function checkpointOf(folder: string, fold: string, checkpoint: string): string {
  const file = checkpointFile(folder, fold, checkpoint);
  if (file !== undefined) {
    return file;
  }
  throw new NnunetError(`${join(folder, `fold_${fold}`)} has no ${checkpoint}.`, {
    code: 'checkpoint-missing',
    remedy: `Train fold ${fold} first, or name others with -f.`,
  });
}

function configurationOf({ configuration }: InferenceCheckpoint, folder: string): string {
  const named = configuration ?? folder.replace(/\/+$/, '').split('/').at(-1)?.split('__').at(2);
  if (named !== undefined) {
    return named;
  }
  throw new NnunetError(`Neither the checkpoint in ${folder} nor the folder's name says which configuration it is.`, {
    code: 'model-folder',
    remedy: 'Name the folder trainer__plans__configuration, such as nnUNetTrainer__nnUNetPlans__2d.',
  });
}
