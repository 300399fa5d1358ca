import { setImmediate as nextTurn } from 'node:timers/promises';
import { checkOptions } from '@fractura/errors';
import { type CheckpointName, removeCheckpoint, saveCheckpoint } from '@fractura/tfjs-training/checkpoints';
import { openBatchSource } from '../batches/batch-source.js';
import type { BatchId } from '../batches/batch-method.js';
import { BatchSupply } from '../batches/batch-supply.js';
import { UnetModelError } from '../errors.js';
import type { StepPosition } from '../recipe/recipe.js';
import type { TrainingArguments, TrainingState } from './checkpoint.js';
import { closeEpoch, epochsSinceBest } from './close-epoch.js';
import { exampleOf, type EpochExample } from './epoch-example.js';
import { Pace, type PacedPhase } from './pace.js';
import { disposeFold, prepareFold } from './prepare-fold.js';
import { addCounts } from './pseudo-dice.js';
import { resumeTraining } from './resume-training.js';
import { trainFoldOptionsRule, type TrainedFold, type TrainFoldOptions } from './training-options.js';
import { trainOnBatch, validateOnBatch } from './batch-steps.js';

/**
 * Trains one fold by a recipe, nnU-Net's by default: epochs of random batches, made in threads meanwhile, and a validation by a few
 * batches after each epoch.
 *
 * A checkpoint is written after each epoch and at least every two minutes. Called again with the same arguments, it
 * goes on from the last one: every batch depends on the seed and its number alone, so the final weights are those of
 * an unbroken run (bit for bit on engines that compute in a fixed order: cpu, wasm). Where `checkpoint_final` exists
 * nothing is trained.
 *
 * @throws UnetModelError `option-invalid`, `case-invalid`, `case-missing`, `configuration-unknown`,
 *   `plan-invalid`, `labels-invalid`, `checkpoint-mismatch` when the folder holds a training with other arguments,
 *   `nothing-to-continue`, `training-diverged`, `worker-died`; of the recipe's batches `share-invalid`, `patch-not-flat`, `batch-module-invalid`
 * @see nnU-Net: nnunetv2/training/nnUNetTrainer/nnUNetTrainer.py, run_training
 */
export async function trainFold(options: TrainFoldOptions): Promise<TrainedFold> {
  const {
    outputDirectory,
    patience = Infinity,
    checkpointSeconds = 120,
    signal,
  } = checkOptions(options, trainFoldOptionsRule, UnetModelError);
  const fold = prepareFold(options);
  const { args, validationIterations, context, recipe } = fold;
  const { epochs, iterationsPerEpoch } = args;
  const pace = new Pace();
  let lastCheckpoint = Date.now();
  let supply: BatchSupply | undefined;
  let example: EpochExample | undefined;

  try {
    const state = await resumeTraining(fold, options);
    const shouldContinue = () => state.stopped !== true && state.epoch < epochs && epochsSinceBest(state) < patience;
    if (shouldContinue()) {
      // What a recipe's batches refuse is told as it is here; from a thread it would be the thread's death.
      await Promise.all(fold.sources.map(openBatchSource));
      const order = batchOrder(state, args, validationIterations);
      supply = new BatchSupply({ sources: fold.sources, order, workers: fold.workers });
    }
    while (supply && shouldContinue()) {
      if (state.iteration === 0) {
        state.epochStart = Date.now() / 1000;
      }
      const learningRate = recipe.learningRate(positionOf(state));
      await trainEpoch(state, supply);
      const best = await validateEpoch(state, learningRate, supply);
      if (best) {
        await save('best', state);
      }
      await save('latest', state);
      await options.onEpoch?.({ epoch: state.epoch - 1, epochs, best, log: state.log, example });
      if (await options.shouldStop?.()) {
        state.stopped = true;
      }
    }
    await save('final', state);
    await removeCheckpoint(outputDirectory, 'latest');
    return {
      outputDirectory,
      epochs: state.epoch,
      precision: args.precision ?? 'float32',
      bestEma: state.bestEma ?? NaN,
      log: state.log,
    };
  } finally {
    await supply?.close();
    disposeFold(fold);
  }

  async function save(name: CheckpointName, state: TrainingState): Promise<void> {
    const begin = performance.now();
    const { network, optimizer, averaged, precision } = context;
    const { lossScale } = precision;
    const record = {
      trainer_name: options.trainerName ?? 'nnUNetTrainer',
      init_args: args,
      state: lossScale ? { ...state, lossScale } : state,
    };
    await saveCheckpoint({ folder: outputDirectory, name, record, network, optimizer, averaged });
    lastCheckpoint = Date.now();
    pace.record('save', (performance.now() - begin) / 1000);
  }

  /** Writes a checkpoint where one is due or the training is to end. */
  async function pause(state: TrainingState): Promise<void> {
    await nextTurn();
    if (signal?.aborted || Date.now() - lastCheckpoint >= checkpointSeconds * 1000) {
      await save('latest', state);
    }
    signal?.throwIfAborted();
  }

  async function trainEpoch(state: TrainingState, batches: BatchSupply): Promise<void> {
    while (state.iteration < iterationsPerEpoch) {
      const begin = performance.now();
      const learningRate = recipe.learningRate(positionOf(state));
      const loss = await trainOnBatch(context, await batches.next(), learningRate);
      if (!Number.isFinite(loss)) {
        throw diverged(state);
      }
      state.iteration += 1;
      state.lossSum += loss;
      pace.record('train', (performance.now() - begin) / 1000);
      report(state, 'train', state.iteration, state.lossSum / state.iteration, learningRate);
      await pause(state);
    }
  }

  /** Closes the epoch. @returns whether it is the best so far */
  async function validateEpoch(state: TrainingState, learningRate: number, batches: BatchSupply): Promise<boolean> {
    let lossSum = 0;
    let counts = context.labels.foreground.map(() => ({ tp: 0, fp: 0, fn: 0 }));
    for (let i = 0; i < validationIterations; i += 1) {
      const begin = performance.now();
      const batch = await batches.next();
      const step = await validateOnBatch(context, batch);
      if (i === 0) {
        example = exampleOf(batch, step.logits, context.labels);
      }
      lossSum += step.loss;
      counts = addCounts(counts, step.counts);
      pace.record('validate', (performance.now() - begin) / 1000);
      report(state, 'validate', i + 1, lossSum / (i + 1), learningRate);
      await pause(state);
    }
    return closeEpoch(state, {
      learningRate,
      trainLoss: state.lossSum / iterationsPerEpoch,
      validationLoss: lossSum / validationIterations,
      counts,
    });
  }

  function positionOf({ epoch, iteration }: TrainingState): StepPosition {
    return { epoch, epochs, iteration, iterationsPerEpoch };
  }

  function report(
    state: TrainingState,
    phase: Exclude<PacedPhase, 'save'>,
    iteration: number,
    loss: number,
    learningRate: number,
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
        save: later,
      }),
    });
  }
}

/** The batches from a state on: an epoch's training batches, then its validation batches. */
function* batchOrder(
  { epoch: from, iteration }: Readonly<TrainingState>,
  { epochs, iterationsPerEpoch }: TrainingArguments,
  validationIterations: number,
): Generator<BatchId, undefined> {
  for (let epoch = from; epoch < epochs; epoch += 1) {
    for (let i = epoch === from ? iteration : 0; i < iterationsPerEpoch; i += 1) {
      yield { source: 0, number: epoch * iterationsPerEpoch + i };
    }
    for (let i = 0; i < validationIterations; i += 1) {
      yield { source: 1, number: epoch * validationIterations + i };
    }
  }
}

const diverged = ({ epoch, iteration }: TrainingState) =>
  new UnetModelError(`Training diverged: the loss of epoch ${epoch}, iteration ${iteration} is not finite.`, {
    code: 'training-diverged',
    remedy: 'Lower the learning rate, and look for values that are not finite in the preprocessed images.',
  });
