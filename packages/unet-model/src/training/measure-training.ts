import { elementCount } from '@fractura/array-files';
import type { PrecisionChoice } from '@fractura/tfjs-training';
import { openBatchSource } from '../batches/batch-source.js';
import type { PreprocessedCase } from '../data/preprocessed-case.js';
import { type ChannelDeclaration, type NetworkPlans, resolveNetworkConfiguration } from '@fractura/nnunet-format';
import type { Recipe } from '../recipe/recipe.js';
import { disposeFold, prepareFold } from './prepare-fold.js';
import { trainOnBatch, validateOnBatch } from './batch-steps.js';

export interface MeasureTrainingOptions {
  plans: NetworkPlans;
  configuration: string;
  datasetJson: ChannelDeclaration;
  /** Default: the plan's. */
  batchSize?: number;
  /** Default `nnunetRecipe()`. */
  recipe?: Recipe;
  /** Default `auto`, as in training. */
  precision?: PrecisionChoice;
  /** Steps of each kind that are timed, after a first that is not. Default 2. */
  steps?: number;
  /** Called after each timed step with its seconds and its loss before the update; the next waits for it. */
  onStep?: (step: { training: number; validation: number; loss: number }) => void | Promise<void>;
}

export interface MeasuredTraining {
  /** Seconds of a training step with its batch at hand: the fastest. */
  trainingSeconds: number;
  validationSeconds: number;
  /** Seconds that one thread takes to prepare a training batch: the mean. */
  batchSeconds: number;
  /** The process's largest resident memory so far. */
  peakMemoryMiB: number;
}

/** Times a few steps of the real network, with the engine in use, on noise of the patch's size. Writes nothing. */
export async function measureTraining({
  steps = 2,
  onStep,
  ...options
}: MeasureTrainingOptions): Promise<MeasuredTraining> {
  const noise = noiseCase(options);
  const fold = prepareFold({
    ...options,
    cases: [noise],
    split: { train: [noise.id], val: [noise.id] },
    outputDirectory: '',
    workers: 0,
  });
  const { context, recipe, sources } = fold;
  const makeBatch = await openBatchSource(sources[0]);
  const { epochs, iterationsPerEpoch } = fold.args;
  const learningRate = recipe.learningRate({ epoch: 0, epochs, iteration: 0, iterationsPerEpoch });
  const seconds = { batch: [] as number[], train: [] as number[], validate: [] as number[] };
  const time = async <T>(kind: keyof typeof seconds, work: () => T): Promise<Awaited<T>> => {
    const begin = performance.now();
    const result = await work();
    seconds[kind].push((performance.now() - begin) / 1000);
    return result;
  };
  try {
    for (let i = 0; i <= steps; i += 1) {
      const batch = await time('batch', () => makeBatch(i));
      const loss = await time('train', () => trainOnBatch(context, batch, learningRate));
      await time('validate', () => validateOnBatch(context, batch));
      if (i > 0) {
        await onStep?.({ training: seconds.train.at(-1)!, validation: seconds.validate.at(-1)!, loss });
      }
    }
  } finally {
    disposeFold(fold);
  }
  const batches = seconds.batch.slice(1);
  return {
    trainingSeconds: Math.min(...seconds.train.slice(1)),
    validationSeconds: Math.min(...seconds.validate.slice(1)),
    batchSeconds: batches.reduce((sum, value) => sum + value, 0) / batches.length,
    peakMemoryMiB: process.resourceUsage().maxRSS / 1024,
  };
}

function noiseCase({ plans, configuration, datasetJson }: MeasureTrainingOptions): PreprocessedCase {
  const { patch_size: patch, previous_stage: previousStage } = resolveNetworkConfiguration(plans, configuration);
  const shape = [
    Object.keys(datasetJson.channel_names).length,
    ...Array.from({ length: 3 - patch.length }, () => 1),
    ...patch,
  ];
  const voxels = elementCount(patch);
  const segmentation = Int16Array.from({ length: voxels }, (_, i) => Number(i % 7 === 0));
  return {
    id: 'noise',
    data: Float32Array.from({ length: shape[0] * voxels }, (_, i) => Math.sin(12.9898 * i)),
    shape,
    segmentation,
    previousStage: previousStage === undefined ? undefined : segmentation,
    classLocations: {},
  };
}
