import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defineCommand, UsageError, type ArgumentValues } from '@fractura/command-line';
import { engineNames, useEngine, type EngineName } from '@fractura/tfjs-engine';
import { precisionChoices, type PrecisionChoice } from '@fractura/tfjs-training';
import { findCheckpoint, type AugmentationName } from '@fractura/unet-model';
import { NnunetError } from '../errors.js';
import { describeDryRun, dryRun } from '../training/dry-run.js';
import { foldFolder, type FoldJob } from '../training/fold-job.js';
import { readFoldNames } from '../training/fold-names.js';
import { ensureSplits, foldSplit } from '../training/fold-split.js';
import { describeModel, openTraining, type Training } from '../training/open-training.js';
import { checkPreviousStage } from '../training/previous-stage.js';
import { trainFolds } from '../training/train-folds.js';
import { chooseTrainer, type Trainer } from '../training/trainer.js';

const positionals = {
  dataset: { kind: 'string', describe: 'number or name of the data set', required: true },
  configuration: { kind: 'string', describe: 'configuration of the plans, such as 2d', required: true },
  fold: { kind: 'string', describe: 'number of the fold, all, or several as 0,1,2,3,4', required: true },
} as const;

const options = {
  epochs: { kind: 'number', describe: 'epochs; they become part of the results’ folder (default: 1000)' },
  iterations: { kind: 'number', describe: 'training iterations of an epoch (default: 250)' },
  'validation-iterations': { kind: 'number', describe: 'validation iterations of an epoch (default: 50)' },
  batch: { kind: 'number', describe: 'patches of an iteration (default: the plan’s)' },
  'learning-rate': { kind: 'number', describe: 'initial learning rate (default: 0.01)' },
  'early-stopping': { kind: 'number', describe: 'stop after so many epochs without a better Dice (default: never)' },
  augmentation: {
    kind: 'string',
    describe: 'default is nnU-Net’s (default: the trainer’s)',
    choices: ['default', 'light', 'none'],
  },
  continue: {
    kind: 'boolean',
    alias: 'c',
    describe: 'go on from the last checkpoint, as happens anyway; says so where there is none',
    default: false,
  },
  'pretrained-weights': {
    kind: 'string',
    describe: 'weights to begin with, .pth or .safetensors; heads are not taken',
  },
  'folds-in-parallel': { kind: 'number', describe: 'folds at once, each with its share of cores or GPUs', default: 1 },
  val: { kind: 'boolean', describe: 'only validate what was trained', default: false },
  'val-best': { kind: 'boolean', describe: 'validate with checkpoint_best', default: false },
  npz: { kind: 'boolean', describe: 'write the validation’s probabilities too', default: false },
  'dry-run': { kind: 'boolean', describe: 'say what memory and time it would take here', default: false },
  trainer: { kind: 'string', alias: 'tr', describe: 'trainer', default: 'nnUNetTrainer' },
  plans: { kind: 'string', alias: 'p', describe: 'plans', default: 'nnUNetPlans' },
  preprocessed: { kind: 'string', describe: 'folder of preprocessed data sets (default: nnUNet_preprocessed)' },
  results: { kind: 'string', describe: 'folder of results (default: the variable nnUNet_results)' },
  precision: {
    kind: 'string',
    describe: 'numbers of the training (default: auto, bfloat16 where the processor computes with it)',
    choices: precisionChoices,
  },
  seed: { kind: 'number', describe: 'seed of weights, batches and augmentation', default: 0 },
  workers: { kind: 'number', describe: 'threads that prepare batches; 0: none (default: one less than cores, 1 to 8)' },
  engine: { kind: 'string', describe: 'engine (default: the fastest that works)', choices: engineNames },
  threads: { kind: 'number', describe: 'threads of the native engine (default: one per core)' },
  device: { kind: 'string', describe: 'nnU-Net’s: cpu hides the GPUs', choices: ['cpu', 'cuda', 'mps'] },
  'num-gpus': { kind: 'number', describe: 'nnU-Net’s: GPUs for one fold; only 1', default: 1 },
  'use-compressed': {
    kind: 'boolean',
    describe: 'nnU-Net’s: without effect, cases are not compressed',
    default: false,
  },
  'disable-checkpointing': { kind: 'boolean', describe: 'nnU-Net’s: refused', default: false },
} as const;

type TrainValues = ArgumentValues<typeof options> & ArgumentValues<typeof positionals>;

/** `fractura train`: one fold or several of a preprocessed data set. */
export const trainCommand = defineCommand({
  name: 'train',
  summary: 'Trains and validates folds of a preprocessed data set as nnU-Net does. Goes on where it was stopped.',
  positionals,
  options,
  examples: [
    ['921 2d 0', 'trains fold 0 for 1000 epochs; the same command goes on after an interruption'],
    [
      '921 2d 0,1,2,3,4 --epochs 50',
      'trains five folds one after the other, in nnUNetTrainer_50epochs__nnUNetPlans__2d',
    ],
    ['921 2d 0,1,2,3,4 --folds-in-parallel 5', 'trains them at once; CUDA_VISIBLE_DEVICES=0,1 deals them to two GPUs'],
    ['921 2d 0 --dry-run', 'says what memory and time it would take on this machine'],
    ['921 3d_cascade_fullres 0', 'trains the second stage of a cascade, when all folds of 3d_lowres are trained'],
    [
      '921 3d_fullres all -tr nnUNetTrainer_250epochs -pretrained_weights checkpoint_final.pth',
      'takes nnU-Net’s words',
    ],
  ],
  run: async (values, { print, note, progress, signal, json }) => {
    checkUsage(values);
    const folds = readFoldNames(values.fold);
    const trainer = chooseTrainer(values.trainer, values.epochs);
    const training = await openTraining({
      dataset: values.dataset,
      configuration: values.configuration,
      plansName: values.plans,
      trainer,
      preprocessed: values.preprocessed,
      results: values.results,
    });
    if (folds.some((fold) => fold !== 'all')) {
      await ensureSplits(training);
    }
    const jobs = folds.map((fold): FoldJob => ({ ...jobOf(values, training, trainer), fold }));
    if (values.val) {
      jobs.forEach(mustBeTrained);
    }
    if (values.useCompressed) {
      note('--use_compressed has no effect: preprocessed cases are not compressed here');
    }

    if (values.device === 'cpu') {
      process.env.CUDA_VISIBLE_DEVICES = '';
    }
    const parallel = Math.min(values.foldsInParallel, jobs.length);
    // The processes of folds start engines of their own.
    if (parallel === 1 || values.dryRun) {
      const { engine: prefer, threads } = values;
      const engine = await useEngine({
        prefer: prefer === undefined ? undefined : (prefer as EngineName),
        threads,
      });
      for (const { engine: name, reason } of engine.passedOver) {
        note(`Engine ${name} passed over: ${reason}`);
      }
      note(`Engine: ${engine.name}`);
    }
    if (values.dryRun) {
      const run = await dryRun(training, jobs[0]);
      print(json ? run : describeDryRun(run));
      return;
    }
    for (const job of jobs) {
      await previousStageMustBeThere(job);
    }
    await describeModel(training, values.plans);
    for (const job of jobs) {
      sayWhereItBegins(job, values.continue, note);
    }
    const results = await trainFolds({ jobs, parallel, gpus: visibleGpus(), note, progress, signal });
    if (json) {
      print(results);
    } else {
      for (const { folder, validationDice } of results) {
        print(`${folder}: mean validation Dice ${validationDice}`);
      }
    }
  },
});

function checkUsage(values: TrainValues): void {
  const least = { epochs: 1, iterations: 1, validationIterations: 1, batch: 1, earlyStopping: 1, foldsInParallel: 1 };
  for (const [name, minimum] of Object.entries({ ...least, threads: 1, workers: 0, seed: 0 })) {
    const value = values[name as keyof typeof least];
    if (value === undefined || (Number.isInteger(value) && value >= minimum)) {
      continue;
    }
    const option = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new UsageError(`--${option} is ${value}; it must be a whole number of at least ${minimum}.`);
  }
  if (values.learningRate !== undefined && !(values.learningRate > 0)) {
    throw new UsageError(`--learning-rate is ${values.learningRate}; it must be above 0.`);
  }
  const refuse = (refused: boolean, why: string) => {
    if (refused) {
      throw new UsageError(why);
    }
  };
  refuse(values.continue && values.val, '--continue and --val exclude each other: --val trains nothing');
  refuse(
    values.continue && values.pretrainedWeights !== undefined,
    '--continue and --pretrained-weights exclude each other: weights are taken where a training begins',
  );
  refuse(values.numGpus !== 1, '-num_gpus must be 1: a fold trains on one GPU; --folds-in-parallel uses several');
  refuse(values.device === 'mps', '-device mps is not offered: leave it out, or choose --engine webgpu');
  refuse(values.disableCheckpointing, '--disable_checkpointing is refused: a training could neither go on nor be used');
}

function jobOf(values: TrainValues, training: Training, trainer: Trainer): Omit<FoldJob, 'fold'> {
  const { dataset, cases, modelFolder, previousStage } = training;
  const { iterations, validationIterations, batch, learningRate, earlyStopping, seed, workers, threads } = values;
  const { pretrainedWeights, augmentation, engine, precision } = values;
  if (pretrainedWeights !== undefined && !existsSync(pretrainedWeights)) {
    throw new NnunetError(`${pretrainedWeights} does not exist.`, {
      code: 'weights-missing',
      remedy: 'Give a .pth or .safetensors file with --pretrained-weights.',
    });
  }
  const given = {
    iterations,
    validationIterations,
    batch,
    learningRate,
    earlyStopping,
    seed,
    workers,
    threads,
    pretrainedWeights,
    augmentation: augmentation as AugmentationName | undefined,
    engine: engine as EngineName | undefined,
    precision: precision as PrecisionChoice | undefined,
  };
  return {
    dataset,
    cases,
    modelFolder,
    configuration: values.configuration,
    trainer,
    train: !values.val,
    previousStage,
    validateWith: values.valBest ? 'checkpoint_best' : 'checkpoint_final',
    saveProbabilities: values.npz,
    ...(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<FoldJob>),
  };
}

function mustBeTrained(job: FoldJob): void {
  const folder = foldFolder(job);
  const trained = ['safetensors', 'pth'].some((ending) => existsSync(join(folder, `${job.validateWith}.${ending}`)));
  if (trained) {
    return;
  }
  throw new NnunetError(`${folder} has no ${job.validateWith}: its training is not finished.`, {
    code: 'checkpoint-missing',
    remedy: 'Train the fold first, without --val.',
  });
}

async function previousStageMustBeThere(job: FoldJob): Promise<void> {
  if (!job.previousStage) {
    return;
  }
  const { split } = await foldSplit(job.fold, job);
  checkPreviousStage(job.previousStage, [...new Set(job.train ? [...split.train, ...split.val] : split.val)]);
}

function sayWhereItBegins(job: FoldJob, continues: boolean, note: (line: string) => void): void {
  const folder = foldFolder(job);
  const checkpoint = findCheckpoint(folder);
  if (!job.train) {
    return;
  }
  if (checkpoint) {
    note(`Fold ${job.fold} goes on from checkpoint_${checkpoint} in ${folder}`);
  } else if (continues) {
    note(`Fold ${job.fold} has no checkpoint to continue from in ${folder}: it begins anew`);
  }
}

const visibleGpus = () => (process.env.CUDA_VISIBLE_DEVICES ?? '').split(',').filter((gpu) => gpu.trim() !== '');
