import { setImmediate as nextTurn } from 'node:timers/promises';
import { setUpAugmentation } from '../augmentation/augmentation-setup.js';
import { makeBatch, type BatchRecipe } from '../data/batch-source.js';
import { deriveSeed } from '../data/derive-seed.js';
import { checkCase } from '../data/preprocessed-case.js';
import { UnetModelError } from '../errors.js';
import { deepSupervisionScales } from '../loss/deep-supervision.js';
import { buildUnet } from '../network/build-unet.js';
import { loadTensors } from '../network/named-tensors.js';
import { readArchitecture } from '../plan/architecture.js';
import { readConfiguration } from '../plan/configuration.js';
import { readLabels } from '../plan/labels.js';
import {
  findCheckpoint,
  loadCheckpoint,
  removeCheckpoint,
  restoreCheckpoint,
  saveCheckpoint,
  type CheckpointName,
  type TrainingArguments,
  type TrainingState,
} from './checkpoint.js';
import { polyLearningRate } from './learning-rate.js';
import { NesterovSgd } from './nesterov-sgd.js';
import { Pace } from './pace.js';
import { addCounts, meanOfPresent, movingAverage, pseudoDice } from './pseudo-dice.js';
import { refuseWrongGradients } from './refuse-wrong-gradients.js';
import { emptyLog } from './training-log.js';
import type { TrainedFold, TrainFoldOptions } from './training-options.js';
import { trainingStep, validationStep, type StepContext } from './training-step.js';

/**
 * Trains one fold as nnU-Net does: epochs of random batches with a third of the patches on foreground, Nesterov SGD
 * under a poly learning rate, deep supervision, and a validation by random patches after each epoch.
 *
 * A checkpoint is written after each epoch and at least every two minutes. Called again with the same arguments, it
 * goes on from the last one: every batch depends on the seed and its number alone, so the final weights are those of
 * an unbroken run (bit for bit on engines that compute in a fixed order: cpu, wasm). Where `checkpoint_final` exists
 * nothing is trained.
 *
 * @throws UnetModelError `case-invalid`, `case-missing`, `configuration-unknown`, `plan-invalid`, `labels-invalid`,
 *   `checkpoint-mismatch` when the folder holds a training with other arguments, `training-diverged`,
 *   `engine-unsuitable` for a 3D configuration on WASM
 * @see reference/nnunet-v2/behaviour.md, section 7
 */
export async function trainFold(options: TrainFoldOptions): Promise<TrainedFold> {
  const { outputDirectory, patience = Infinity, checkpointSeconds = 120, signal } = options;
  const {
    args,
    validationIterations,
    learningRate: initialRate,
    context,
    optimizer,
    trainRecipe,
    validationRecipe,
  } = prepare(options);
  const { epochs, iterationsPerEpoch } = args;

  try {
    const state = await resume();
    const pace = new Pace();
    let lastCheckpoint = Date.now();
    while (state.epoch < epochs && epochsSinceBest(state) < patience) {
      const learningRate = polyLearningRate(initialRate, state.epoch, epochs);
      if (state.iteration === 0) state.epochStart = Date.now() / 1000;
      await trainEpoch(state, learningRate, pace, async () => {
        if (signal?.aborted || Date.now() - lastCheckpoint > checkpointSeconds * 1000) {
          await save('latest', state);
          lastCheckpoint = Date.now();
        }
        signal?.throwIfAborted();
      });
      const improved = await validateEpoch(state, learningRate, pace);
      if (improved) await save('best', state);
      await save('latest', state);
      lastCheckpoint = Date.now();
    }
    await save('final', state);
    await removeCheckpoint(outputDirectory, 'latest');
    return { outputDirectory, epochs: state.epoch, bestEma: state.bestEma ?? NaN, log: state.log };
  } finally {
    context.network.dispose();
    optimizer.dispose();
  }

  async function resume(): Promise<TrainingState> {
    const name = findCheckpoint(outputDirectory);
    if (!name) {
      if (options.pretrained) loadTensors(context.network, options.pretrained, { keepHeads: true });
      return { epoch: 0, iteration: 0, lossSum: 0, epochStart: 0, bestEma: null, log: emptyLog() };
    }
    const checkpoint = await loadCheckpoint(outputDirectory, name);
    refuseOtherArguments(outputDirectory, checkpoint.record.init_args, args);
    restoreCheckpoint(checkpoint, context.network, optimizer);
    return checkpoint.record.state;
  }

  function save(name: CheckpointName, state: TrainingState): Promise<void> {
    const record = { trainer_name: 'nnUNetTrainer' as const, init_args: args, state };
    return saveCheckpoint({ folder: outputDirectory, name, record, network: context.network, optimizer });
  }

  async function trainEpoch(
    state: TrainingState,
    learningRate: number,
    pace: Pace,
    afterIteration: () => Promise<void>,
  ) {
    while (state.iteration < iterationsPerEpoch) {
      const begin = performance.now();
      const batch = makeBatch(trainRecipe, state.epoch * iterationsPerEpoch + state.iteration);
      const loss = await trainingStep(context, optimizer, batch, learningRate);
      if (!Number.isFinite(loss)) throw diverged(state);
      state.iteration++;
      state.lossSum += loss;
      pace.record('train', (performance.now() - begin) / 1000);
      report(state, 'train', state.iteration, state.lossSum / state.iteration, learningRate, pace);
      await nextTurn();
      await afterIteration();
    }
  }

  /** Closes the epoch. @returns whether the moving average is the best so far */
  async function validateEpoch(state: TrainingState, learningRate: number, pace: Pace): Promise<boolean> {
    let lossSum = 0;
    let counts = context.labels.foreground.map(() => ({ tp: 0, fp: 0, fn: 0 }));
    for (let i = 0; i < validationIterations; i++) {
      const begin = performance.now();
      const batch = makeBatch(validationRecipe, state.epoch * validationIterations + i);
      const step = await validationStep(context, batch);
      lossSum += step.loss;
      counts = addCounts(counts, step.counts);
      pace.record('validate', (performance.now() - begin) / 1000);
      report(state, 'validate', i + 1, lossSum / (i + 1), learningRate, pace);
      await nextTurn();
    }

    const { log } = state;
    const dice = pseudoDice(counts);
    const mean = meanOfPresent(dice);
    const ema = movingAverage(log.ema_fg_dice.at(-1), mean);
    log.mean_fg_dice.push(mean);
    log.ema_fg_dice.push(ema);
    log.dice_per_class_or_region.push(dice);
    log.train_losses.push(state.lossSum / iterationsPerEpoch);
    log.val_losses.push(lossSum / validationIterations);
    log.lrs.push(learningRate);
    log.epoch_start_timestamps.push(state.epochStart);
    log.epoch_end_timestamps.push(Date.now() / 1000);

    const improved = !Number.isNaN(ema) && (state.bestEma === null || ema > state.bestEma);
    if (improved) state.bestEma = ema;
    Object.assign(state, { epoch: state.epoch + 1, iteration: 0, lossSum: 0 });
    return improved;
  }

  function report(
    state: TrainingState,
    phase: 'train' | 'validate',
    iteration: number,
    loss: number,
    learningRate: number,
    pace: Pace,
  ): void {
    const later = epochs - state.epoch - 1;
    const done =
      phase === 'train' ? { train: iteration, validate: 0 } : { train: iterationsPerEpoch, validate: iteration };
    options.onProgress?.({
      epoch: state.epoch,
      epochs,
      phase,
      iteration,
      iterations: phase === 'train' ? iterationsPerEpoch : validationIterations,
      loss,
      learningRate,
      emaDice: state.log.ema_fg_dice.at(-1),
      secondsLeft: pace.secondsLeft({
        train: later * iterationsPerEpoch + iterationsPerEpoch - done.train,
        validate: later * validationIterations + validationIterations - done.validate,
      }),
    });
  }
}

interface PreparedFold {
  args: TrainingArguments;
  validationIterations: number;
  learningRate: number;
  context: StepContext;
  optimizer: NesterovSgd;
  trainRecipe: BatchRecipe;
  validationRecipe: BatchRecipe;
}

/** Network, optimizer and the recipes of the batches, from the options. */
function prepare({
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
  augmentation = 'light',
  seed = 0,
  momentum,
  weightDecay,
  clipNorm,
}: TrainFoldOptions): PreparedFold {
  const configuration = readConfiguration(plans, name);
  refuseWrongGradients(readArchitecture(configuration.architecture));
  const labels = readLabels(datasetJson);
  const batchSize = wantedBatchSize ?? configuration.batch_size;
  const inputChannels = Object.keys(datasetJson.channel_names).length;
  const foldNumber = fold === 'all' ? -1 : fold;

  const byId = new Map(cases.map((each) => [each.id, each]));
  const select = (ids: readonly string[], part: string) =>
    [...ids].sort().map((id) => {
      const found = byId.get(id);
      if (!found) {
        throw new UnetModelError(`Case ${id} of the split's ${part} part was not given`, {
          code: 'case-missing',
          remedy: 'Preprocess it, or take it out of splits_final.json.',
        });
      }
      checkCase(found, labels, inputChannels);
      return found;
    });
  const setup = setUpAugmentation(augmentation, configuration.patch_size);
  const network = buildUnet({
    architecture: configuration.architecture,
    inputChannels,
    outputChannels: labels.channelLabels.length,
    seed: deriveSeed(seed, foldNumber),
  });
  const shared = { labels, batchSize, scales: deepSupervisionScales(network.architecture) };

  return {
    args: {
      plans,
      configuration: name,
      fold,
      dataset_json: datasetJson,
      inference_allowed_mirroring_axes:
        augmentation === 'none' ? null : configuration.patch_size.map((_, axis) => axis),
      epochs,
      iterationsPerEpoch,
      batchSize,
      seed,
    },
    validationIterations,
    learningRate,
    context: { network, labels, loss: { regions: labels.hasRegions, batchDice: configuration.batch_dice } },
    optimizer: new NesterovSgd(network.parameters, {
      ...(momentum === undefined ? {} : { momentum }),
      ...(weightDecay === undefined ? {} : { weightDecay }),
      ...(clipNorm === undefined ? {} : { clipNorm }),
    }),
    trainRecipe: { ...shared, cases: select(split.train, 'train'), setup, seed: deriveSeed(seed, foldNumber, 1) },
    validationRecipe: {
      ...shared,
      cases: select(split.val, 'val'),
      setup: setUpAugmentation('none', configuration.patch_size),
      seed: deriveSeed(seed, foldNumber, 2),
    },
  };
}

function refuseOtherArguments(folder: string, before: TrainingArguments, now: TrainingArguments): void {
  const keys = ['configuration', 'fold', 'epochs', 'iterationsPerEpoch', 'batchSize', 'seed'] as const;
  const different = keys.find((key) => before[key] !== now[key]);
  if (!different) return;
  throw new UnetModelError(
    `${folder} holds a training with ${different} ${before[different]}; now it is ${now[different]}`,
    {
      code: 'checkpoint-mismatch',
      remedy: 'Train into another folder, remove this one, or repeat the earlier arguments.',
    },
  );
}

function epochsSinceBest({ log, bestEma, epoch }: TrainingState): number {
  return bestEma === null ? 0 : epoch - 1 - log.ema_fg_dice.indexOf(bestEma);
}

const diverged = ({ epoch, iteration }: TrainingState) =>
  new UnetModelError(`Training diverged: the loss of epoch ${epoch}, iteration ${iteration} is not finite`, {
    code: 'training-diverged',
    remedy: 'Lower the learning rate, and look for values that are not finite in the preprocessed images.',
  });
