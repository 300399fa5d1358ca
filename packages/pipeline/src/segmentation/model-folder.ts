import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  readDatasetJson,
  readPlans,
  resolveConfiguration,
  type DatasetJson,
  type Plans,
} from '@fractura/nnunet-planner';
import { readStateDict, toFloat32 } from '@fractura/torch-weights';
import { buildUnet, loadTensors, readLabels, type Unet } from '@fractura/unet-model';
import { PipelineError } from '../errors.js';

/** A folder of trained folds, ours or real nnU-Net's, with what describes its networks. */
export interface ModelFolder {
  folder: string;
  plans: Plans;
  datasetJson: DatasetJson;
  /** Such as `2d`, from the folder's name `trainer__plans__configuration`. */
  configuration: string;
}

/**
 * Reads the plans and dataset.json of a model folder.
 *
 * @throws PipelineError `model-folder`, NnunetPlannerError where its files are missing or damaged.
 */
export async function readModelFolder(folder: string): Promise<ModelFolder> {
  const name = folder.replace(/\/+$/, '').split('/').at(-1) ?? '';
  const configuration = name.split('__').at(2);
  if (configuration === undefined) {
    throw new PipelineError(`${folder} is not named trainer__plans__configuration`, {
      code: 'model-folder',
      remedy: 'Give the folder that holds fold_0, such as nnUNetTrainer__nnUNetPlans__2d.',
    });
  }
  const plans = await readPlans(join(folder, 'plans.json'));
  return { folder, plans, datasetJson: await readDatasetJson(join(folder, 'dataset.json')), configuration };
}

/** The folds of a model folder that are trained: those with a checkpoint. */
export async function trainedFolds(folder: string, checkpoint: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => /^fold_(\d+|all)$/.test(name));
  const folds = names.map((name) => name.slice('fold_'.length)).sort();
  return folds.filter((fold) => checkpointFile(folder, fold, checkpoint) !== undefined);
}

/** A checkpoint of ours, or PyTorch's of the same name. */
function checkpointFile(folder: string, fold: string, checkpoint: string): string | undefined {
  const base = join(folder, `fold_${fold}`, checkpoint.replace(/\.(pth|safetensors)$/, ''));
  return ['.safetensors', '.pth'].map((ending) => base + ending).find((file) => existsSync(file));
}

/**
 * Builds the network of a fold with its weights, from our `.safetensors` or nnU-Net's `.pth`. Whoever loaded it disposes it.
 *
 * @throws PipelineError `checkpoint-missing`; TorchWeightsError, UnetModelError where the file does not fit the plan.
 */
export async function loadFold(model: ModelFolder, fold: string, checkpoint: string): Promise<Unet> {
  const { folder, plans, datasetJson, configuration } = model;
  const file = checkpointFile(folder, fold, checkpoint);
  if (file === undefined) {
    throw new PipelineError(`${join(folder, `fold_${fold}`)} has no ${checkpoint}`, {
      code: 'checkpoint-missing',
      remedy: `Train fold ${fold} first, or name others with -f.`,
    });
  }
  const tensors = await readStateDict(file);
  const network = buildUnet({
    architecture: resolveConfiguration(plans, configuration).architecture,
    inputChannels: Object.keys(datasetJson.channel_names).length,
    outputChannels: readLabels(datasetJson).channelLabels.length,
  });
  try {
    loadTensors(
      network,
      [...tensors].map(([name, tensor]) => ({ name, shape: tensor.shape, data: toFloat32(tensor) })),
    );
    return network;
  } catch (error) {
    network.dispose();
    throw error;
  }
}
