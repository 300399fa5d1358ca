import { freemem } from 'node:os';
import {
  countInputChannels,
  type FoldName,
  readArchitecture,
  readLabels,
  resolveConfiguration,
} from '@fractura/nnunet-format';
import { featureMapElements } from '@fractura/nnunet-planner';
import { choosePrecision } from '@fractura/tfjs-training';
import { estimateFlops, measureTraining, type MeasuredTraining } from '@fractura/unet-model';
import { foldSplit } from './fold-split.js';
import type { Training } from './open-training.js';
import { recipeOfJob } from './recipe-of-job.js';
import type { TrainingSettings } from './training-settings.js';

/** Of which training, with which of its settings. */
export interface DryRunOptions extends Pick<
  TrainingSettings,
  'iterations' | 'validationIterations' | 'batchSize' | 'augmentation' | 'precision' | 'smallLesions' | 'encoderWeights'
> {
  /** As `openTraining` gives it. */
  training: Training;
  fold: FoldName;
}

/** What a training of one fold will take on this machine. */
export interface DryRun {
  modelFolder: string;
  patchSize: number[];
  batchSize: number;
  /** Numbers that are trained. */
  parameters: number;
  trainCases: number;
  validationCases: number;
  /** Of the whole process, from the plan, before anything runs. */
  estimatedMemoryGiB: number;
  freeMemoryGiB: number;
  /** Undefined where the estimate does not fit the free memory. */
  measured?: MeasuredTraining;
  epochs: number;
  /** Training iterations of an epoch. */
  iterations: number;
  /** Of training and validation patches, by the measured steps; undefined where nothing was measured. */
  hours?: number;
}

/**
 * Peak memory of a training process in bytes: for itself, a feature-map element of the batch, and a parameter. Fitted to the
 * native engine with AVX-512, plans of 96 to 224 pixels, batches of 1 to 23, 5 to 21 million parameters: 3 % off at most in
 * float32, 5 % in bfloat16.
 */
const bytes = {
  full: { atRest: 408 * 2 ** 20, perElement: 11.2, perParameter: 14.2 },
  reduced: { atRest: 488 * 2 ** 20, perElement: 5.2, perParameter: 15.1 },
};

/**
 * Estimates and measures, by the engine in use, what the training of a fold takes: a few steps of the real network on noise.
 * Writes nothing.
 *
 * @throws NnunetError `no-cases`; NnunetFormatError where plans, splits or labels are invalid.
 */
export async function dryRun({ training, fold, precision, ...settings }: DryRunOptions): Promise<DryRun> {
  const { plans, datasetJson, modelFolder, trainer } = training;
  const configuration = resolveConfiguration(plans, training.configuration);
  const { split } = await foldSplit(fold, training);
  const { patch_size: patchSize, architecture } = configuration;
  const { batchSize = configuration.batch_size, iterations = 250, validationIterations = 50 } = settings;
  const { epochs } = trainer;
  const inputChannels = countInputChannels(configuration, datasetJson);
  const outputChannels = readLabels(datasetJson).segmentationHeads;
  const { parameters } = estimateFlops({ architecture, inputChannels, outputChannels, patchSize, batchSize });
  const { encoder, strides, features, encoderDepths, decoderDepths } = readArchitecture(architecture);
  const elements = featureMapElements({
    residualEncoder: encoder === 'residual',
    patchSize,
    strides,
    featuresPerStage: features,
    outputChannels,
    perStage: encoderDepths,
    perDecoderStage: decoderDepths,
  });
  const { atRest, perElement, perParameter } = bytes[choosePrecision(precision) === 'float32' ? 'full' : 'reduced'];
  const needed = atRest + batchSize * elements * perElement + parameters * perParameter;
  const free = freemem();
  const run: DryRun = {
    modelFolder,
    patchSize,
    batchSize,
    parameters,
    trainCases: split.train.length,
    validationCases: split.val.length,
    estimatedMemoryGiB: needed / 2 ** 30,
    freeMemoryGiB: free / 2 ** 30,
    epochs,
    iterations,
  };
  if (needed - process.memoryUsage.rss() > free) {
    return run;
  }
  const measured = await measureTraining({
    plans,
    configuration: training.configuration,
    datasetJson,
    batchSize,
    recipe: recipeOfJob({ ...settings, trainer }),
    precision,
  });
  const epochSeconds = iterations * measured.trainingSeconds + validationIterations * measured.validationSeconds;
  return { ...run, measured, hours: (epochs * epochSeconds) / 3600 };
}
