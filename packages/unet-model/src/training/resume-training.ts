import { loadState } from '@fractura/tfjs-training';
import {
  checkpointFile,
  clearUnfinishedCheckpoints,
  findCheckpoint,
  refuseOtherArguments,
  removeCheckpoint,
  weightsToTrain,
} from '@fractura/tfjs-training/checkpoints';
import { readUnetCheckpoint, type TrainingState } from './checkpoint.js';
import type { PreparedFold } from './prepare-fold.js';
import { emptyLog } from './training-log.js';
import type { TrainFoldOptions } from './training-options.js';

/**
 * Takes a training up where its last checkpoint left it, or begins it, from given weights if there are any. Their segmentation
 * heads are not taken over.
 *
 * @throws TfjsTrainingError `checkpoint-invalid`, `checkpoint-mismatch`, `weights-missing`, `weights-shape`
 * @see nnU-Net: nnunetv2/run/run_training.py, maybe_load_checkpoint; nnunetv2/run/load_pretrained_weights.py
 */
export async function resumeTraining(
  { args, context: { network, precision, optimizer, averaged }, mayChangePrecision }: PreparedFold,
  { outputDirectory: folder, pretrained, restart = false }: TrainFoldOptions,
): Promise<TrainingState> {
  await clearUnfinishedCheckpoints(folder);
  if (restart) {
    for (const name of ['latest', 'best', 'final'] as const) {
      await removeCheckpoint(folder, name);
    }
  }
  const name = findCheckpoint(folder);
  if (!name) {
    if (pretrained) {
      loadState(network, pretrained, { ignoreOthers: true, keep: isOfHead });
    }
    return { epoch: 0, iteration: 0, lossSum: 0, epochStart: 0, bestEma: null, log: emptyLog() };
  }
  const checkpoint = await readUnetCheckpoint(checkpointFile(folder, name));
  const { record } = checkpoint;
  const before = { ...record.init_args, precision: record.init_args.precision ?? 'float32' };
  refuseOtherArguments(folder, before, mayChangePrecision ? { ...args, precision: before.precision } : args);
  const { state } = record;
  const steps = state.epoch * args.iterationsPerEpoch + state.iteration;
  loadState(network, weightsToTrain(checkpoint), { ignoreOthers: true });
  optimizer.restore(checkpoint.optimizer, steps);
  averaged?.restore(checkpoint.weights, steps);
  precision.restore(state.lossScale);
  return state;
}

const isOfHead = (tensor: string): boolean =>
  tensor.includes('.seg_layers.') || tensor.startsWith('segmentation.') || tensor.startsWith('presence.');
