import type { ChannelDeclaration, NetworkPlans } from '@fractura/nnunet-format';
import { type LossScale, type Precision } from '@fractura/tfjs-training';
import { type Checkpoint, readCheckpoint } from '@fractura/tfjs-training/checkpoints';
import { UnetModelError } from '../errors.js';
import type { NetworkChoice } from '../network/build-network.js';
import { checkRecord } from './check-record.js';
import { restoreNaN, type TrainingLog } from './training-log.js';

/** Where a training stands; with the weights and momenta all that its continuation depends on. */
export interface TrainingState {
  /** Finished epochs. */
  epoch: number;
  /** Finished training iterations of the epoch under way. */
  iteration: number;
  /** Sum of the losses of those iterations. */
  lossSum: number;
  epochStart: number;
  bestEma: number | null;
  /** Whether it was told to end before its last epoch; then it is not gone on with. */
  stopped?: boolean;
  /** The factor on the loss, in float16 alone. */
  lossScale?: LossScale;
  log: TrainingLog;
}

/** What a training was called with, as nnU-Net's `init_args`, and what shapes its result. */
export interface TrainingArguments {
  plans: NetworkPlans;
  configuration: string;
  fold: number | 'all';
  dataset_json: ChannelDeclaration;
  /** Axes that inference may mirror along; null for none. */
  inference_allowed_mirroring_axes: number[] | null;
  epochs: number;
  iterationsPerEpoch: number;
  /** Absent in checkpoints of earlier versions and of nnU-Net. */
  validationIterations?: number;
  batchSize: number;
  /** Absent in checkpoints of earlier versions, which knew float32 alone. */
  precision?: Precision;
  /** How it is taught; absent in checkpoints of nnU-Net. */
  recipe?: { name: string; settings: Readonly<Record<string, unknown>> };
  /** What is trained; absent in checkpoints of nnU-Net: the plan's network. */
  network?: NetworkChoice;
  seed: number;
  /** SHA-256 of what the training began with, where it did. */
  pretrained?: string | null;
  encoderWeights?: string | null;
  /** SHA-256 of the cases of both parts of the split. */
  data?: string;
  /** Of this package. */
  version?: string;
}

/** A checkpoint's JSON: beside the weights for readers, and within them so that both are of one moment. */
export interface CheckpointRecord {
  /** `nnUNetTrainer`, or the trainer of nnU-Net's that the checkpoint was converted from. */
  trainer_name: string;
  init_args: TrainingArguments;
  state: TrainingState;
}

/** A checkpoint of a U-Net; nnU-Net's optimizer's tensors are named `momentum.<parameter>`. */
export type UnetCheckpoint = Checkpoint<CheckpointRecord>;

export interface ReadUnetCheckpointOptions {
  /** Whether the optimizer's momenta are read too. Default true. */
  withOptimizer?: boolean;
}

/**
 * Reads a checkpoint that the training of a fold wrote.
 *
 * @param file `checkpoint_<name>.safetensors`
 * @throws TfjsTrainingError `checkpoint-missing`, `checkpoint-invalid`; as {@link checkRecord}
 */
export async function readUnetCheckpoint(
  file: string,
  { withOptimizer = true }: ReadUnetCheckpointOptions = {},
): Promise<UnetCheckpoint> {
  const checkpoint = await readCheckpoint(file, { isRecord: isUnetRecord, network: 'a U-Net', withOptimizer });
  checkRecord(checkpoint.record, file);
  restoreNaN(checkpoint.record.state.log);
  return checkpoint;
}

const isUnetRecord = (record: object): record is CheckpointRecord => 'init_args' in record && 'state' in record;

/**
 * The record of a U-Net's training in the metadata of a `.safetensors` file.
 *
 * @param json the entry `checkpoint` of the metadata.
 * @param file where it is from, for messages.
 * @returns undefined where there is none, or another network's.
 * @throws UnetModelError `checkpoint-invalid`; as {@link readUnetCheckpoint}
 */
export function parseUnetRecord(json: string | undefined, file: string): CheckpointRecord | undefined {
  let record: unknown;
  try {
    record = JSON.parse(json ?? 'null');
  } catch (cause) {
    throw new UnetModelError(`${file}: its record is not JSON.`, {
      code: 'checkpoint-invalid',
      remedy: 'Copy the checkpoint again, or train the fold again with --restart.',
      cause,
    });
  }
  if (typeof record !== 'object' || record === null || !isUnetRecord(record)) {
    return undefined;
  }
  checkRecord(record, file);
  return record;
}
