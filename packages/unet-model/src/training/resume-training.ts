import { loadState } from '@fractura/tfjs-training';
import {
  checkpointFile,
  clearUnfinishedCheckpoints,
  findCheckpoint,
  refuseOtherArguments,
  removeCheckpoint,
  weightsToTrain,
} from '@fractura/tfjs-training/checkpoints';
import { UnetModelError } from '../errors.js';
import { readUnetCheckpoint, type TrainingArguments, type TrainingState } from './checkpoint.js';
import type { PreparedFold } from './prepare-fold.js';
import { emptyLog } from './training-log.js';
import type { TrainFoldOptions } from './training-options.js';

/**
 * Takes a training up where its last checkpoint left it, or begins it, from given weights if there are any. Their segmentation
 * heads are not taken over. Of another folder's training, which ended after fewer epochs, it is the next epoch.
 *
 * @throws TfjsTrainingError `checkpoint-invalid`, `checkpoint-mismatch`, `weights-missing`, `weights-shape`
 * @throws UnetModelError `nothing-to-continue`
 * @see nnU-Net: nnunetv2/run/run_training.py, maybe_load_checkpoint; nnunetv2/run/load_pretrained_weights.py
 */
export async function resumeTraining(
  { args, context: { network, precision, optimizer, averaged }, mayChangePrecision }: PreparedFold,
  { outputDirectory: folder, pretrained, continueFrom, restart = false }: TrainFoldOptions,
): Promise<TrainingState> {
  await clearUnfinishedCheckpoints(folder);
  if (restart) {
    for (const name of ['latest', 'best', 'final'] as const) {
      await removeCheckpoint(folder, name);
    }
  }
  const name = findCheckpoint(folder);
  const file = name ? checkpointFile(folder, name) : continueFrom && earlierCheckpoint(continueFrom);
  if (!file) {
    if (pretrained) {
      loadState(network, pretrained, { ignoreOthers: true, keep: isOfHead });
    }
    return { epoch: 0, iteration: 0, lossSum: 0, epochStart: 0, bestEma: null, log: emptyLog() };
  }
  const checkpoint = await readUnetCheckpoint(file);
  const { record } = checkpoint;
  const { state } = record;
  const before = { ...record.init_args, precision: record.init_args.precision ?? 'float32' };
  const now = mayChangePrecision ? { ...args, precision: before.precision } : args;
  if (name) {
    refuseOtherArguments(folder, before, now);
  } else {
    refuseOtherArguments(file, before, { ...now, epochs: before.epochs });
    checkEpochsLeft(state, args, file);
    delete state.stopped;
  }
  const steps = state.epoch * args.iterationsPerEpoch + state.iteration;
  loadState(network, weightsToTrain(checkpoint), { ignoreOthers: true });
  optimizer.restore(checkpoint.optimizer, steps);
  averaged?.restore(checkpoint.weights, steps);
  precision.restore(state.lossScale);
  return state;
}

/** @throws UnetModelError `nothing-to-continue` */
function earlierCheckpoint(folder: string): string {
  const name = findCheckpoint(folder, ['final', 'latest']);
  if (name) {
    return checkpointFile(folder, name);
  }
  throw new UnetModelError(`${folder} has no training to continue.`, {
    code: 'nothing-to-continue',
    remedy: 'Give the folder of a fold that holds checkpoint_final.safetensors.',
  });
}

/** @throws UnetModelError `nothing-to-continue` */
function checkEpochsLeft({ epoch }: TrainingState, { epochs }: TrainingArguments, file: string): void {
  if (epoch >= epochs) {
    throw new UnetModelError(`${file} has ${epoch} epochs; a training of ${epochs} does not continue it.`, {
      code: 'nothing-to-continue',
      remedy: `Ask for more than ${epoch} epochs.`,
    });
  }
}

const isOfHead = (tensor: string): boolean =>
  tensor.includes('.seg_layers.') || tensor.startsWith('segmentation.') || tensor.startsWith('presence.');
