import { availableParallelism } from 'node:os';
import { MixedPrecision, nesterov, Optimizer } from '@fractura/tfjs-training';
import { setUpAugmentation } from '../augmentation/augmentation-setup.js';
import type { BatchRecipe } from '../batches/batch-source.js';
import { deriveSeed } from '../batches/derive-seed.js';
import { checkCase } from '../data/preprocessed-case.js';
import { shareCase } from '../data/shared-case.js';
import { UnetModelError } from '../errors.js';
import { deepSupervisionScales } from '../loss/deep-supervision.js';
import { buildUnet } from '../network/build-unet.js';
import { previousStageLabels, readLabels, resolveNetworkConfiguration } from '@fractura/nnunet-format';
import type { TrainingArguments } from './checkpoint.js';
import type { TrainFoldOptions } from './training-options.js';
import type { StepContext } from './batch-steps.js';

/** What a training works with. Whoever prepared it disposes network and optimizer. */
export interface PreparedFold {
  args: TrainingArguments;
  validationIterations: number;
  learningRate: number;
  workers: number;
  context: StepContext;
  /** A training begun on another machine goes on in what is best on this one. */
  mayChangePrecision: boolean;
  optimizer: Optimizer;
  /** Of training and validation batches. */
  recipes: [training: BatchRecipe, validation: BatchRecipe];
}

/** Batches of radiographs are made in a fraction of a step; volumes keep several threads busy. */
const defaultWorkers = () => Math.min(Math.max(availableParallelism() - 1, 1), 8);

/**
 * Network, optimizer and the recipes of the batches, from the options.
 *
 * @throws UnetModelError as {@link trainFold}
 */
export function prepareFold({
  plans,
  configuration: name,
  datasetJson,
  cases,
  split,
  fold = 0,
  epochs = 1000,
  iterationsPerEpoch = 250,
  validationIterations = 50,
  batchSize: wantedBatchSize,
  learningRate = 0.01,
  precision: wantedPrecision = 'auto',
  augmentation = 'default',
  mirrorAxes,
  inferenceMirroring = true,
  workers = defaultWorkers(),
  seed = 0,
  momentum = 0.99,
  weightDecay = 3e-5,
  clipNorm,
}: TrainFoldOptions): PreparedFold {
  const configuration = resolveNetworkConfiguration(plans, name);
  const precision = new MixedPrecision(wantedPrecision);
  const labels = readLabels(datasetJson);
  const batchSize = wantedBatchSize ?? configuration.batch_size;
  const imageChannels = Object.keys(datasetJson.channel_names).length;
  const previousLabels = previousStageLabels(configuration, labels);
  const foldNumber = fold === 'all' ? -1 : fold;
  const { patch_size: patchSize, use_mask_for_norm: useMaskForNorm } = configuration;

  const byId = new Map(cases.map((each) => [each.id, each]));
  const select = (ids: readonly string[], part: string) =>
    [...ids].sort().map((id) => {
      const found = byId.get(id);
      if (!found) {
        throw new UnetModelError(`Case ${id} of the split's ${part} part was not given.`, {
          code: 'case-missing',
          remedy: 'Preprocess it, or take it out of splits_final.json.',
        });
      }
      checkCase(found, labels, imageChannels, configuration.previous_stage);
      if (workers === 0) {
        return found;
      }
      const shared = shareCase(found);
      byId.set(id, shared);
      return shared;
    });
  const setup = setUpAugmentation(augmentation, {
    patchSize,
    previousStageLabels: previousLabels,
    useMaskForNorm,
    mirrorAxes,
  });
  const [trainCases, validationCases] = [select(split.train, 'train'), select(split.val, 'val')];
  const network = buildUnet({
    architecture: configuration.architecture,
    inputChannels: imageChannels + previousLabels.length,
    outputChannels: labels.segmentationHeads,
    seed: deriveSeed(seed, foldNumber),
  });
  const shared = { labels, batchSize, scales: deepSupervisionScales(network.architecture) };
  const axes = setup.mirrorAxes.map((axis) => axis - (3 - patchSize.length));

  return {
    args: {
      plans,
      configuration: name,
      fold,
      dataset_json: datasetJson,
      inference_allowed_mirroring_axes: inferenceMirroring && axes.length > 0 ? axes : null,
      epochs,
      iterationsPerEpoch,
      validationIterations,
      batchSize,
      augmentation,
      precision: precision.precision,
      learningRate,
      momentum,
      weightDecay,
      seed,
    },
    validationIterations,
    learningRate,
    workers,
    mayChangePrecision: wantedPrecision === 'auto',
    context: { precision, network, labels, loss: { regions: labels.hasRegions, batchDice: configuration.batch_dice } },
    optimizer: new Optimizer(network.parameters, nesterov({ momentum, weightDecay, clipNorm })),
    recipes: [
      { ...shared, cases: trainCases, setup, seed: deriveSeed(seed, foldNumber, 1) },
      {
        ...shared,
        cases: validationCases,
        setup: setUpAugmentation('none', { patchSize, previousStageLabels: previousLabels }),
        seed: deriveSeed(seed, foldNumber, 2),
      },
    ],
  };
}
