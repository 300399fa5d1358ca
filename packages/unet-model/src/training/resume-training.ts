import { loadState, type StateDict } from '@fractura/tfjs-training';
import {
  checkpointFile,
  clearUnfinishedCheckpoints,
  findCheckpoint,
  refuseOtherArguments,
} from '@fractura/tfjs-training/checkpoints';
import { readUnetCheckpoint, type TrainingArguments, type TrainingState } from './checkpoint.js';
import type { PreparedFold } from './prepare-fold.js';
import { emptyLog } from './training-log.js';

/**
 * Takes a training up where its last checkpoint left it, or begins it, from given weights if there are any. Their segmentation
 * heads are not taken over.
 *
 * @throws TfjsTrainingError `checkpoint-invalid`, `checkpoint-mismatch`, `weights-missing`, `weights-shape`
 * @see nnU-Net: nnunetv2/run/run_training.py, maybe_load_checkpoint; nnunetv2/run/load_pretrained_weights.py
 */
export async function resumeTraining(
  folder: string,
  { args, context: { network, precision }, optimizer, mayChangePrecision }: PreparedFold,
  pretrained: StateDict | undefined,
): Promise<TrainingState> {
  await clearUnfinishedCheckpoints(folder);
  const name = findCheckpoint(folder);
  if (!name) {
    if (pretrained) {
      loadState(network, pretrained, { ignoreOthers: true, keep: (tensor) => tensor.includes('.seg_layers.') });
    }
    return { epoch: 0, iteration: 0, lossSum: 0, epochStart: 0, bestEma: null, log: emptyLog() };
  }
  const checkpoint = await readUnetCheckpoint(checkpointFile(folder, name));
  const before = { ...checkpoint.record.init_args, precision: checkpoint.record.init_args.precision ?? 'float32' };
  const now = mayChangePrecision ? { ...args, precision: before.precision } : args;
  refuseOtherArguments(folder, comparedArguments(before), comparedArguments(now));
  const { state } = checkpoint.record;
  loadState(network, checkpoint.weights, { ignoreOthers: true });
  optimizer.restore(checkpoint.optimizer, state.epoch * args.iterationsPerEpoch + state.iteration);
  precision.restore(state.lossScale);
  return state;
}

/** Those that another run must repeat to go on; plans and labels are the model folder's. */
function comparedArguments(args: TrainingArguments): object {
  const { configuration, fold, epochs, iterationsPerEpoch, batchSize, augmentation, precision, seed } = args;
  return { configuration, fold, epochs, iterationsPerEpoch, batchSize, augmentation, precision, seed };
}
