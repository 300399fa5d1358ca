import { availableParallelism } from 'node:os';
import {
  previousStageLabels,
  readLabels,
  resolveNetworkConfiguration,
  type LabelSet,
  type NetworkConfiguration,
} from '@fractura/nnunet-format';
import { deriveSeed } from '@fractura/seeded-random';
import { AveragedWeights, MixedPrecision } from '@fractura/tfjs-training';
import type { BatchMethod, BatchSource } from '../batches/batch-method.js';
import { deepSupervisionScales } from '../loss/deep-supervision.js';
import { buildNetwork } from '../network/build-network.js';
import type { SegmentationNetwork } from '../network/segmentation-network.js';
import { nnunetRecipe } from '../recipe/nnunet.js';
import type { Recipe } from '../recipe/recipe.js';
import type { StepContext } from './batch-steps.js';
import type { TrainingArguments } from './checkpoint.js';
import { inferenceMirrorAxes } from './inference-mirror-axes.js';
import { casesOfSplit } from './select-cases.js';
import { digestOfCases, digestOfWeights } from './training-digest.js';
import type { TrainFoldOptions } from './training-options.js';
import { version } from '../version.js';

/** What a training works with. Whoever prepared it disposes it with {@link disposeFold}. */
export interface PreparedFold {
  args: TrainingArguments;
  validationIterations: number;
  recipe: Recipe;
  workers: number;
  context: StepContext;
  /** A training begun on another machine goes on in what is best on this one. */
  mayChangePrecision: boolean;
  /** Of training and validation batches. */
  sources: [training: BatchSource, validation: BatchSource];
}

/** Batches of radiographs are made in a fraction of a step; volumes keep several threads busy. */
const defaultWorkers = () => Math.min(Math.max(availableParallelism() - 1, 1), 8);

/**
 * Network, optimizer and the sources of the batches, from the options.
 *
 * @throws UnetModelError as {@link trainFold}
 */
export function prepareFold(options: TrainFoldOptions): PreparedFold {
  const { plans, configuration: name, datasetJson, fold = 0, epochs = 1000, iterationsPerEpoch = 250 } = options;
  const {
    validationIterations = 50,
    precision: wantedPrecision = 'auto',
    inferenceMirroring = true,
    seed = 0,
  } = options;
  const { recipe = nnunetRecipe(), workers = defaultWorkers(), pretrained, encoderWeights } = options;
  const plan = resolveNetworkConfiguration(plans, name);
  const labels = readLabels(datasetJson);
  const batchSize = options.batchSize ?? plan.batch_size;
  const foldNumber = fold === 'all' ? -1 : fold;
  const { train, validation } = casesOfSplit(options, { plan, labels, shared: workers > 0 });
  const precision = new MixedPrecision(wantedPrecision);
  const network = buildNetwork({
    plan,
    datasetJson,
    network: recipe.network,
    // The loss is taken at half the size, where the decoder ends.
    outputSize: 'half',
    foregroundBias: recipe.foregroundBias,
    frozenStride: recipe.frozenStride,
    backboneWeights: encoderWeights,
    seed: deriveSeed(seed, foldNumber),
  });
  const source = (method: BatchMethod, part: 1 | 2): BatchSource => ({
    batchSize,
    labels,
    patchSize: plan.patch_size,
    scales: outputScales(network),
    cases: part === 1 ? train : validation,
    seed: deriveSeed(seed, foldNumber, part),
    method: completeMethod(method, plan, labels),
  });
  const averaged =
    recipe.averagingDecay === undefined
      ? undefined
      : new AveragedWeights(network, { decay: recipe.averagingDecay, warmUp: true });

  return {
    args: {
      plans,
      configuration: name,
      fold,
      dataset_json: datasetJson,
      inference_allowed_mirroring_axes: inferenceMirroring ? inferenceMirrorAxes(recipe, plan) : null,
      epochs,
      iterationsPerEpoch,
      validationIterations,
      batchSize,
      precision: precision.precision,
      recipe: { name: recipe.name, settings: recipe.settings },
      network: recipe.network,
      pretrained: digestOfWeights(pretrained),
      encoderWeights: digestOfWeights(encoderWeights),
      data: digestOfCases(train, validation),
      version,
      seed,
    },
    validationIterations,
    recipe,
    workers,
    mayChangePrecision: wantedPrecision === 'auto',
    context: {
      precision,
      network,
      labels,
      recipe,
      batchDice: plan.batch_dice,
      optimizer: recipe.optimizer(network),
      averaged,
    },
    sources: [source(recipe.trainingBatches, 1), source(recipe.validationBatches, 2)],
  };
}

/** Frees network, optimizer and averages. */
export function disposeFold({ context: { network, optimizer, averaged } }: PreparedFold): void {
  network.dispose();
  optimizer.dispose();
  averaged?.dispose();
}

/** Sizes of the network's outputs relative to its input: of every resolution of nnU-Net's, or half of it on a backbone. */
function outputScales({ architecture }: SegmentationNetwork): number[][] {
  return 'backbone' in architecture ? [[0.5, 0.5]] : deepSupervisionScales(architecture);
}

/** What patches need of the plan beside the recipe. */
function completeMethod(method: BatchMethod, plan: NetworkConfiguration, labels: LabelSet): BatchMethod {
  if (method.kind !== 'patches') {
    return method;
  }
  const useMaskForNorm = method.augmentation === 'none' ? undefined : plan.use_mask_for_norm;
  return { ...method, useMaskForNorm, previousStageLabels: previousStageLabels(plan, labels) };
}
