import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { withFolder, writeFileBeside } from '@fractura/array-files';
import { readDatasetJson, readPlans, type FoldSplit } from '@fractura/nnunet-format';
import { encodePythonJson } from '@fractura/python-compat';
import { findCheckpoint, readWeights } from '@fractura/tfjs-training/checkpoints';
import { trainFold, type Recipe, type TrainingProgress } from '@fractura/unet-model';
import { folderOfFold, type FoldJob, type FoldProgress, type FoldOutcome, type FoldTraining } from './fold-job.js';
import { FoldCurves } from './fold-curves.js';
import { foldSplit } from './fold-split.js';
import { writeProgressPlot } from './progress-plot.js';
import { readCases } from './read-cases.js';
import { recipeOfJob } from './recipe-of-job.js';
import { TrainingLogFile } from './training-log-file.js';
import { trainerOfRecipe } from './trainer.js';
import { validateFold } from './validate-fold.js';

/** How a fold says what it does. */
export interface FoldReporting {
  signal?: AbortSignal;
  onProgress?: (progress: FoldProgress) => void;
  /** Default: the one that the job's trainer and settings name. */
  recipe?: Recipe;
}

/** What a fold's work goes by beside its job. */
interface FoldWork {
  job: FoldJob;
  split: FoldSplit;
  log: TrainingLogFile;
  signal: AbortSignal | undefined;
  recipe: Recipe;
  curves: FoldCurves;
  report: (progress: Partial<FoldProgress>) => void;
}

/**
 * Trains a fold by the engine in use, going on from its last checkpoint, and validates it, or does one of the two: checkpoints,
 * `progress.png`, `training_log_*.txt`, `debug.json` and `validation/` in the fold's folder.
 *
 * @throws ArrayFilesError `folder-in-use` while another process works on the fold; NnunetError, UnetModelError, NnunetPlannerError
 *   naming what is wrong.
 * @see nnU-Net: nnunetv2/training/nnUNetTrainer/nnUNetTrainer.py, run_training
 */
export async function runFold(
  job: FoldJob,
  { signal, onProgress, recipe = recipeOfJob(job) }: FoldReporting = {},
): Promise<FoldOutcome> {
  const folder = folderOfFold(job.modelFolder, job.fold);
  return withFolder(folder, () => workInFolder(folder, job, { signal, onProgress, recipe }));
}

async function workInFolder(
  folder: string,
  job: FoldJob,
  { signal, onProgress, recipe }: FoldReporting & { recipe: Recipe },
): Promise<FoldOutcome> {
  const log = new TrainingLogFile(folder);
  const split = await beginLog(job, log);
  let last: FoldProgress = { fold: job.fold, done: 0, total: 1, note: 'reading cases', secondsLeft: NaN };
  const report = (progress: Partial<FoldProgress>) => {
    last = { ...last, ...progress };
    onProgress?.(last);
  };
  report({});
  const curves = await FoldCurves.open(job, (line) => {
    log.write(line);
  });
  const work: FoldWork = { job, split, log, signal, recipe, report, curves };
  const outcome: FoldOutcome = { fold: job.fold, folder, validationDice: null };
  if (job.train) {
    await beginFolder(folder, job);
    outcome.training = await train(work);
  }
  if (job.validate) {
    outcome.validationDice = finiteOrNull(await validate(work));
  }
  await work.curves.finish(outcome.validationDice);
  return outcome;
}

/** Writes settings and split to the log. */
async function beginLog(job: FoldJob, log: TrainingLogFile): Promise<FoldSplit> {
  const { configurations, ...global } = await readPlans(join(job.modelFolder, 'plans.json'));
  log.writeSettings(
    `This is the configuration used by this training:\nConfiguration name: ${job.configuration}`,
    configurations[job.configuration] ?? {},
  );
  log.writeSettings('These are the global plan.json settings:', global);
  const { split, origin, doubt } = await foldSplit(job.fold, job);
  log.write(
    `${[origin, doubt].filter(Boolean).join('\n')}\nDesired fold for training: ${job.fold}\n` +
      `This split has ${split.train.length} training and ${split.val.length} validation cases.`,
  );
  return split;
}

/**
 * Where a training begins: removes what an earlier one left, if it begins anew, and writes `debug.json`. Where it goes on, both
 * stay, so that arguments that are refused leave no trace.
 */
async function beginFolder(folder: string, job: FoldJob): Promise<void> {
  if (job.restart === true) {
    for (const name of ['validation', 'progress.png']) {
      await rm(join(folder, name), { recursive: true, force: true });
    }
  } else if (findCheckpoint(folder)) {
    return;
  }
  const text = encodePythonJson(valuesAsText(job), { indent: 4, sortKeys: true });
  await writeFileBeside(join(folder, 'debug.json'), text);
}

async function train({ job, split, log, signal, recipe, report, curves }: FoldWork): Promise<FoldTraining> {
  const folder = folderOfFold(job.modelFolder, job.fold);
  const { trainer, previousStage } = job;
  const ids = [...split.train, ...split.val];
  const {
    epochs,
    precision,
    bestEma,
    log: epochsLog,
  } = await trainFold({
    plans: await readPlans(join(job.modelFolder, 'plans.json')),
    configuration: job.configuration,
    datasetJson: await readDatasetJson(join(job.modelFolder, 'dataset.json')),
    cases: await readCases({ folder: job.cases, ids, previousStage, signal }),
    split,
    fold: job.fold,
    outputDirectory: folder,
    epochs: trainer.epochs,
    iterationsPerEpoch: job.iterations,
    validationIterations: job.validationIterations,
    batchSize: job.batchSize,
    precision: job.precision,
    recipe,
    // Without epochs: real nnU-Net loads by this name, and knows few numbers of epochs.
    trainerName: trainerOfRecipe[trainer.recipe],
    encoderWeights: job.encoderWeights === undefined ? undefined : await readWeights(job.encoderWeights),
    restart: job.restart,
    continueFrom: job.continueFrom === undefined ? undefined : folderOfFold(job.continueFrom, job.fold),
    inferenceMirroring: job.mirroring,
    workers: job.workers,
    seed: job.seed,
    pretrained: job.pretrainedWeights === undefined ? undefined : await readWeights(job.pretrainedWeights),
    patience: job.earlyStopping,
    signal,
    shouldStop: () => job.stopFile !== undefined && existsSync(job.stopFile),
    onProgress: (progress) => {
      log.beginEpoch(progress.epoch, progress.learningRate);
      report(describe(progress));
    },
    onEpoch: async (epoch) => {
      log.endEpoch(epoch);
      await curves.add(epoch.log, epoch.example);
      await writeProgressPlot(folder, epoch.log);
    },
  });
  if (epochs < trainer.epochs) {
    log.write(`Stopped after ${epochs} of ${trainer.epochs} epochs.`);
  }
  await curves.add(epochsLog);
  log.write('Training done.');
  return { epochs, precision, bestEma: finiteOrNull(bestEma), log: epochsLog };
}

/** @returns the mean Dice over the validation cases */
async function validate({ job, split, log, signal, report }: FoldWork): Promise<number> {
  const begin = Date.now();
  const summary = await validateFold({
    job,
    ids: split.val,
    signal,
    onCase: (id, shape, done) => {
      log.write(`predicting ${id}\n${id}, shape (${shape.join(', ')})`);
      const secondsPerCase = done > 0 ? (Date.now() - begin) / 1000 / done : NaN;
      const note = `validating case ${done + 1} of ${split.val.length}`;
      const secondsLeft = secondsPerCase * (split.val.length - done);
      // After a training, its epochs stay what is counted.
      report(
        job.train ? { note, secondsLeft } : { done: done * 1000, total: split.val.length * 1000, note, secondsLeft },
      );
    },
  });
  log.write(`Validation complete\nMean Validation Dice: ${summary.foreground_mean.Dice}`);
  return summary.foreground_mean.Dice;
}

function describe({ epoch, epochs, phase, iteration, iterations, loss, emaDice, secondsLeft }: TrainingProgress) {
  const ofEpoch = phase === 'train' ? iteration / iterations : 1;
  const dice = emaDice === undefined ? '' : `, Dice ${emaDice.toFixed(3)}`;
  return {
    // In thousandths of an epoch, so that an epoch's length need not be known.
    done: Math.round((epoch + ofEpoch) * 1000),
    total: epochs * 1000,
    note: `epoch ${epoch + 1} of ${epochs}, ${phase === 'train' ? 'loss' : 'validation loss'} ${loss.toFixed(3)}${dice}`,
    secondsLeft,
  };
}

/** As in nnU-Net's debug.json: every value as text. */
function valuesAsText(job: FoldJob): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [key, value] of Object.entries(job)) {
    if (value !== undefined) {
      texts[key] = typeof value === 'string' ? value : JSON.stringify(value);
    }
  }
  return texts;
}

const finiteOrNull = (value: number) => (Number.isFinite(value) ? value : null);
