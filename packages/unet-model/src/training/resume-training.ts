import { UnetModelError } from '../errors.js';
import { loadTensors, type NamedTensor } from '../network/named-tensors.js';
import {
  clearUnfinished,
  findCheckpoint,
  loadCheckpoint,
  restoreCheckpoint,
  type TrainingArguments,
  type TrainingState,
} from './checkpoint.js';
import type { PreparedFold } from './prepare-fold.js';
import { emptyLog } from './training-log.js';

/**
 * Takes a training up where its last checkpoint left it, or begins it, from given weights if there are any.
 *
 * @throws UnetModelError `checkpoint-invalid`, `checkpoint-mismatch`, `weights-missing`, `weights-shape`
 */
export async function resumeTraining(
  folder: string,
  { args, context: { network, gradients }, optimizer, mayChangePrecision }: PreparedFold,
  pretrained: Iterable<NamedTensor> | undefined,
): Promise<TrainingState> {
  await clearUnfinished(folder);
  const name = findCheckpoint(folder);
  if (!name) {
    if (pretrained) {
      loadTensors(network, pretrained, { keepHeads: true });
    }
    return { epoch: 0, iteration: 0, lossSum: 0, epochStart: 0, bestEma: null, log: emptyLog() };
  }
  const checkpoint = await loadCheckpoint(folder, name);
  const before = { ...checkpoint.record.init_args, precision: checkpoint.record.init_args.precision ?? 'float32' };
  refuseOtherArguments(folder, before, mayChangePrecision ? { ...args, precision: before.precision } : args);
  restoreCheckpoint(checkpoint, network, optimizer);
  gradients.restore(checkpoint.record.state.lossScale);
  return checkpoint.record.state;
}

function refuseOtherArguments(folder: string, before: TrainingArguments, now: TrainingArguments): void {
  const keys = [
    'configuration',
    'fold',
    'epochs',
    'iterationsPerEpoch',
    'batchSize',
    'augmentation',
    'precision',
    'seed',
  ] as const;
  const different = keys.find((key) => before[key] !== now[key]);
  if (!different) {
    return;
  }
  throw new UnetModelError(
    `${folder} holds a training with ${different} ${before[different]}; now it is ${now[different]}.`,
    {
      code: 'checkpoint-mismatch',
      remedy: 'Train into another folder, remove this one, or repeat the earlier arguments.',
    },
  );
}
