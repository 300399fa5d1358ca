import { join } from 'node:path';
import { readDatasetJson, readPlans } from '@fractura/nnunet-format';
import { encodePythonJson } from '@fractura/python-compat';
import { readStateDict, toFloat32 } from '@fractura/torch-weights';
import { trainFold, type NamedTensor, type TrainedFold, type TrainingProgress } from '@fractura/unet-model';
import writeFileAtomic from 'write-file-atomic';
import { foldFolder, type FoldJob, type FoldProgress, type FoldResult } from './fold-job.js';
import { foldSplit } from './fold-split.js';
import { writeProgressPlot } from './progress-plot.js';
import { readCases } from './read-cases.js';
import { TrainingLogFile } from './training-log-file.js';
import { validateFold } from './validate-fold.js';

/** How a fold tells what it does. */
export interface FoldReporting {
  signal?: AbortSignal;
  onProgress?: (progress: FoldProgress) => void;
}

/**
 * Trains a fold with the engine in use, going on from its last checkpoint, and validates it: checkpoints, `progress.png`,
 * `training_log_*.txt`, `debug.json` and `validation/` in the fold's folder.
 *
 * @throws UnetModelError, PipelineError, NnunetPlannerError naming what is wrong.
 */
export async function trainOneFold(job: FoldJob, { signal, onProgress }: FoldReporting = {}): Promise<FoldResult> {
  const folder = foldFolder(job);
  const { split, origin } = await foldSplit(job.fold, job);
  const log = new TrainingLogFile(folder);
  const plans = await readPlans(join(job.modelFolder, 'plans.json'));
  const datasetJson = await readDatasetJson(join(job.modelFolder, 'dataset.json'));
  log.writeSettings(
    `This is the configuration used by this training:\nConfiguration name: ${job.configuration}`,
    plans.configurations[job.configuration] ?? {},
  );
  const global = Object.entries(plans).filter(([key]) => key !== 'configurations');
  log.writeSettings('These are the global plan.json settings:', Object.fromEntries(global));
  log.write(
    `${origin}\nDesired fold for training: ${job.fold}\n` +
      `This split has ${split.train.length} training and ${split.val.length} validation cases.`,
  );
  const both = split.train.filter((id) => split.val.includes(id));
  if (both.length > 0) {
    log.write(`WARNING: ${both.length} validation cases are in the training set too.`);
  }
  await writeFileAtomic(join(folder, 'debug.json'), encodePythonJson(stringified(job), { indent: 4, sortKeys: true }));

  let last: FoldProgress = { fold: job.fold, done: 0, total: 1, note: 'reading cases', secondsLeft: NaN };
  const tell = (progress: Partial<FoldProgress>) => onProgress?.((last = { ...last, ...progress }));
  tell({});
  const trained = job.train ? await train() : undefined;
  const validated = await validate();
  return {
    fold: job.fold,
    folder,
    epochs: trained?.epochs ?? 0,
    bestEma: finiteOrNull(trained?.bestEma),
    validationDice: finiteOrNull(validated.foreground_mean.Dice),
  };

  async function train(): Promise<TrainedFold> {
    const { trainer, iterations, earlyStopping, pretrainedWeights } = job;
    const cases = await readCases(job.cases, [...split.train, ...split.val], {
      previousStage: job.previousStage,
      signal,
    });
    const { batch, validationIterations, learningRate, precision, seed, workers } = job;
    const settings = { validationIterations, learningRate, precision, seed, workers };
    const trained = await trainFold({
      plans,
      configuration: job.configuration,
      datasetJson,
      cases,
      split,
      fold: job.fold,
      outputDirectory: folder,
      epochs: trainer.epochs,
      augmentation: job.augmentation ?? trainer.augmentation,
      mirrorAxes: trainer.mirrorAxes,
      batchSize: batch,
      iterationsPerEpoch: iterations,
      patience: earlyStopping,
      ...(Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as object),
      pretrained: pretrainedWeights === undefined ? undefined : await readWeights(pretrainedWeights),
      signal,
      onProgress: (progress) => {
        log.beginEpoch(progress.epoch, progress.learningRate);
        tell(describe(progress));
      },
      onEpoch: async (epoch) => {
        log.endEpoch(epoch);
        await writeProgressPlot(folder, epoch.log);
      },
    });
    if (trained.epochs < trainer.epochs) {
      log.write(`Stopped early: no better epoch within ${earlyStopping}.`);
    }
    log.write('Training done.');
    return trained;
  }

  async function validate() {
    const begin = Date.now();
    const summary = await validateFold({
      job,
      ids: split.val,
      signal,
      onCase: (id, shape, done) => {
        log.write(`predicting ${id}\n${id}, shape (${shape.join(', ')})`);
        const pace = done > 0 ? (Date.now() - begin) / 1000 / done : NaN;
        const note = `validating case ${done + 1} of ${split.val.length}`;
        tell({ note, secondsLeft: pace * (split.val.length - done) });
      },
    });
    log.write(`Validation complete\nMean Validation Dice: ${summary.foreground_mean.Dice}`);
    return summary;
  }
}

/** The weights of a file by nnU-Net's names, from PyTorch's or safetensors. */
async function readWeights(file: string): Promise<NamedTensor[]> {
  const tensors = await readStateDict(file);
  return [...tensors].map(([name, tensor]) => ({ name, shape: tensor.shape, data: toFloat32(tensor) }));
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

/** As nnU-Net's debug.json: every value as a string. */
function stringified(job: FoldJob): Record<string, string> {
  return Object.fromEntries(
    Object.entries(job).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}

const finiteOrNull = (value: number | undefined) => (value !== undefined && Number.isFinite(value) ? value : null);
