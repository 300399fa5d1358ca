import { freemem } from 'node:os';
import { featureMapElements } from '@fractura/nnunet-planner';
import { readArchitecture, resolveConfiguration } from '@fractura/nnunet-format';
import { choosePrecision } from '@fractura/tfjs-training';
import {
  countInputChannels,
  estimateFlops,
  measureTraining,
  readLabels,
  type MeasuredTraining,
} from '@fractura/unet-model';
import type { FoldJob } from './fold-job.js';
import { foldSplit } from './fold-split.js';
import type { Training } from './open-training.js';

/** What a training of one fold will take on this machine. */
export interface DryRun {
  modelFolder: string;
  patchSize: number[];
  batchSize: number;
  parameters: number;
  trainCases: number;
  validationCases: number;
  /** Of the whole process, from the plan, before anything runs. */
  estimatedMemoryGiB: number;
  freeMemoryGiB: number;
  /** Absent where the estimate does not fit the free memory. */
  measured?: MeasuredTraining;
  epochs: number;
  iterations: number;
  /** Of training and validation patches, by the measured steps. */
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

/** Estimates and measures, with the engine in use, what a fold takes: a few steps of the real network on noise. */
export async function dryRun(training: Training, job: FoldJob): Promise<DryRun> {
  const { plans, datasetJson, modelFolder } = training;
  const configuration = resolveConfiguration(plans, job.configuration);
  const { split } = await foldSplit(job.fold, job);
  const { patch_size: patchSize, architecture } = configuration;
  const batchSize = job.batch ?? configuration.batch_size;
  const { epochs } = job.trainer;
  const { iterations = 250, validationIterations = 50 } = job;
  const inputChannels = countInputChannels(configuration, datasetJson);
  const outputChannels = readLabels(datasetJson).channelLabels.length;
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
  const { atRest, perElement, perParameter } = bytes[choosePrecision(job.precision) === 'float32' ? 'full' : 'reduced'];
  const needed = atRest + batchSize * elements * perElement + parameters * perParameter;
  const free = freemem();
  const measured =
    needed - process.memoryUsage.rss() > free
      ? undefined
      : await measureTraining({
          plans,
          configuration: job.configuration,
          datasetJson,
          batchSize,
          augmentation: job.augmentation ?? job.trainer.augmentation,
          precision: job.precision,
        });
  const seconds =
    measured && epochs * (iterations * measured.trainingSeconds + validationIterations * measured.validationSeconds);
  return {
    modelFolder,
    patchSize,
    batchSize,
    parameters,
    trainCases: split.train.length,
    validationCases: split.val.length,
    estimatedMemoryGiB: needed / 2 ** 30,
    freeMemoryGiB: free / 2 ** 30,
    measured,
    epochs,
    iterations,
    hours: seconds === undefined ? undefined : seconds / 3600,
  };
}

/** The same in words. */
export function describeDryRun(run: DryRun): string {
  const { measured, hours = 0, epochs, iterations } = run;
  const size = (gib: number) => `${gib.toFixed(1)} GiB`;
  const head = [
    `Model: ${run.modelFolder}`,
    `Network: ${(run.parameters / 1e6).toFixed(1)} million parameters; patch ${run.patchSize.join(' x ')}, batch ${run.batchSize}`,
    `Cases: ${run.trainCases} to train on, ${run.validationCases} to validate on`,
    `Memory: about ${size(run.estimatedMemoryGiB)} by the plan; ${size(run.freeMemoryGiB)} are free`,
  ];
  if (!measured) {
    return [
      ...head,
      'It will not fit: nothing was measured. Give a smaller --batch, or plan with --plan-for cpu or a smaller --gpu-memory-target.',
    ].join('\n');
  }
  const wait =
    measured.batchSeconds > measured.trainingSeconds
      ? 'more than a step: use several --workers'
      : 'less than a step, and prepared meanwhile';
  return [
    ...head,
    `Measured: ${measured.trainingSeconds.toFixed(2)} s a training step, ${measured.validationSeconds.toFixed(2)} s a validation step,`,
    `  ${size(measured.peakMemoryMiB / 1024)} at the peak with this program itself`,
    `Batches: ${measured.batchSeconds.toFixed(2)} s in one thread, ${wait}`,
    `Time: ${epochs} epochs of ${iterations} iterations take about ${inWords(hours)}, checkpoints and the last validation not counted`,
  ].join('\n');
}

function inWords(hours: number): string {
  if (hours < 1) {
    return `${Math.max(1, Math.round(hours * 60))} minutes`;
  }
  return hours < 48 ? `${hours.toFixed(1)} hours` : `${(hours / 24).toFixed(1)} days`;
}
