import { join } from 'node:path';
import { reasonOf } from '@fractura/errors';
import {
  foldFolder,
  parseFoldFolder,
  parseModelName,
  readDatasetJson,
  readPlans,
  resolveConfiguration,
  type DatasetJson,
  type FoldName,
  type PlanConfiguration,
  type Plans,
} from '@fractura/nnunet-format';
import type { StateDict } from '@fractura/tfjs-training';
import { buildNetwork, type ForeignNetwork, type SegmentationNetwork } from '@fractura/unet-model';
import { NnunetError } from '../errors.js';
import { namesIn } from '../folders/input-cases.js';
import { readCutoff } from '../cutoff/cutoff-file.js';
import { checkPatchMemory } from './check-patch-memory.js';
import { refuseOtherTensors, unwrapWeights } from './fit-weights.js';
import { checkpointFile, readCheckpoint, type InferenceCheckpoint } from './read-checkpoint.js';

/** A trained model, ours or real nnU-Net's: its folds' networks and what describes them. */
export interface TrainedModel {
  folder: string;
  plans: Plans;
  datasetJson: DatasetJson;
  /** Such as `2d`. */
  configuration: string;
  plan: PlanConfiguration;
  /** Axes of the patch along which its training allows mirroring. */
  mirrorAxes: readonly number[];
  folds: readonly FoldName[];
  /** Probability above which a voxel is foreground, as cross-validation chose it; undefined: nnU-Net's rule, the most probable class. */
  threshold: number | undefined;
  /** One for each fold. */
  networks: readonly SegmentationNetwork[];
  /** The same networks in another runtime, which predicts instead of TensorFlow.js: see `openOnnxNetworks`. */
  foreignNetworks?: readonly ForeignNetwork[];
  /** Frees the networks' memory; the model cannot be used afterwards. */
  dispose: () => void;
}

/** Which folds of which model. */
export interface LoadModelOptions {
  /** The folder `trainer__plans__configuration`. */
  folder: string;
  /** Default: all that have the checkpoint; `all` is left out unless it is the only one. */
  folds?: readonly FoldName[];
  /** Name of the checkpoint, with or without an ending. Default `checkpoint_final`. */
  checkpoint?: string;
  /** Gets a line about what was read otherwise than it is written. Default: nothing is said. */
  note?: (line: string) => void;
}

/**
 * Loads the folds of a model folder with its plans and dataset.json, for the engine in use. Configuration and mirroring are
 * those of the first fold's checkpoint, as in nnU-Net; where that holds weights alone, the folder's name and the patch tell them.
 *
 * Prefixes of torch.compile and parallel training (`_orig_mod.`, `module.`) are taken off the names of tensors, which is noted.
 *
 * @throws NnunetError `folder-missing`, `no-folds`, `checkpoint-missing`, `model-folder`, `patch-too-large`, `weights-unexpected`,
 *   `weights-other-plan`; errors of formats, weights and
 *   network where files are missing, damaged or do not fit each other.
 * @see nnU-Net: nnunetv2/inference/predict_from_raw_data.py, nnUNetPredictor.initialize_from_trained_model_folder
 */
export async function loadModel({
  folder,
  folds: given,
  checkpoint = 'checkpoint_final',
  note = () => undefined,
}: LoadModelOptions): Promise<TrainedModel> {
  const names = await namesIn(folder);
  const plans = await readPlans(join(folder, 'plans.json'));
  const datasetJson = await readDatasetJson(join(folder, 'dataset.json'));
  const folds = given ?? trainedFolds(folder, names, checkpoint);
  const files = folds.map((fold) => requireCheckpoint(folder, fold, checkpoint));

  const networks: SegmentationNetwork[] = [];
  const dispose = () => {
    for (const network of networks) {
      network.dispose();
    }
  };
  try {
    const first = await readCheckpoint(files[0]);
    const configuration = configurationOf(first, folder);
    const plan = resolveConfiguration(plans, configuration);
    checkPatchMemory(plan);
    for (const file of files) {
      const checkpoint = file === files[0] ? first : await readCheckpoint(file);
      checkConfiguration(checkpoint, configuration, file);
      const { weights, prefix } = unwrapWeights(checkpoint.weights);
      if (prefix !== undefined) {
        note(`The names of the tensors in ${file} are read without ${prefix}`);
      }
      const network = buildFor(weights, { plan, datasetJson, network: checkpoint.network }, file);
      networks.push(network);
      refuseOtherTensors(weights, network, file);
    }
    const mirrorAxes = first.mirrorAxes ?? plan.patch_size.map((_, axis) => axis);
    const threshold = (await readCutoff(folder))?.threshold;
    return { folder, plans, datasetJson, configuration, plan, mirrorAxes, threshold, folds, networks, dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

/**
 * A loaded model with some of its folds alone: their prediction without the others. It shares the networks, which are disposed
 * with the whole model.
 *
 * @throws NnunetError `no-folds` for one that was not loaded.
 */
export function selectFolds(model: TrainedModel, folds: readonly FoldName[]): TrainedModel {
  const missing = folds.find((fold) => !model.folds.includes(fold));
  if (folds.length === 0 || missing !== undefined) {
    throw new NnunetError(`Fold ${missing ?? ''} of ${model.folder} is not among the folds that were loaded.`, {
      code: 'no-folds',
      remedy: `Choose from ${model.folds.join(', ')}.`,
    });
  }
  const networks = folds.map((fold) => model.networks[model.folds.indexOf(fold)]);
  return { ...model, folds, networks, dispose: () => undefined };
}

/** What describes a network beside its weights. */
type Described = Pick<TrainedModel, 'plan' | 'datasetJson'> & Pick<InferenceCheckpoint, 'network'>;

/** @throws NnunetError `weights-other-plan` */
function buildFor(weights: StateDict, { plan, datasetJson, network }: Described, file: string): SegmentationNetwork {
  try {
    return buildNetwork({ plan, datasetJson, network, weights });
  } catch (cause) {
    const { code } = cause as { code?: unknown };
    if (code !== 'weights-missing' && code !== 'weights-shape') {
      throw cause;
    }
    throw new NnunetError(`${file} does not fit the network of the plans: ${reasonOf(cause)}.`, {
      code: 'weights-other-plan',
      remedy: 'Put the plans.json and the dataset.json beside it that this network was trained with.',
      cause,
    });
  }
}

/** @throws NnunetError `weights-other-plan` where a fold was trained for another configuration than the first. */
function checkConfiguration(checkpoint: InferenceCheckpoint, configuration: string, file: string): void {
  if (checkpoint.configuration !== undefined && checkpoint.configuration !== configuration) {
    throw new NnunetError(
      `${file} was trained for configuration ${checkpoint.configuration}, the first fold for ${configuration}.`,
      { code: 'weights-other-plan', remedy: 'Keep the folds of one configuration in one folder.' },
    );
  }
}

/** The folds of a model folder that have a checkpoint; `all` only where there is no other. @throws NnunetError `no-folds` */
export function trainedFolds(folder: string, names: readonly string[], checkpoint: string): FoldName[] {
  const folds = names
    .map(parseFoldFolder)
    .filter((fold) => fold !== undefined)
    .filter((fold) => checkpointFile(folder, fold, checkpoint) !== undefined);
  const numbered = folds.filter((fold) => typeof fold === 'number').sort((a, b) => a - b);
  if (folds.length > 0) {
    return numbered.length > 0 ? numbered : folds;
  }
  throw new NnunetError(`${folder} has no fold with a ${checkpoint}.`, {
    code: 'no-folds',
    remedy: 'Give the folder that holds fold_0 and so on, or train a fold first.',
  });
}

function requireCheckpoint(folder: string, fold: FoldName, checkpoint: string): string {
  const file = checkpointFile(folder, fold, checkpoint);
  if (file !== undefined) {
    return file;
  }
  throw new NnunetError(`${join(folder, foldFolder(fold))} has no ${checkpoint}.`, {
    code: 'checkpoint-missing',
    remedy: `Train fold ${fold} first, or name others with -f.`,
  });
}

function configurationOf({ configuration }: InferenceCheckpoint, folder: string): string {
  const named = configuration ?? parseModelName(folder)?.configuration;
  if (named !== undefined) {
    return named;
  }
  throw new NnunetError(`Neither the checkpoint in ${folder} nor the folder's name says which configuration it is.`, {
    code: 'model-folder',
    remedy: 'Name the folder trainer__plans__configuration, such as nnUNetTrainer__nnUNetPlans__2d.',
  });
}
