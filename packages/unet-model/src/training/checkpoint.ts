import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeBeside, makeFolder } from '@fractura/array-files';
import type { LossScale, Precision } from '@fractura/tfjs-training';
import { readSafetensors, toFloat32, writeSafetensors } from '@fractura/torch-weights';
import type { AugmentationName } from '../augmentation/augmentation-setup.js';
import { UnetModelError } from '../errors.js';
import type { Unet } from '../network/build-unet.js';
import { loadTensors, saveTensors, toTorchValues, type NamedTensor } from '../network/named-tensors.js';
import { fromTorchLayout } from '../network/parameter.js';
import type { DatasetLabels } from '../plan/labels.js';
import type { Plans } from '../plan/configuration.js';
import type { NesterovSgd } from './nesterov-sgd.js';
import type { TrainingLog } from './training-log.js';

export type CheckpointName = 'latest' | 'best' | 'final';

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
  /** The factor on the loss, in float16 alone. */
  lossScale?: LossScale;
  log: TrainingLog;
}

/** What a training was called with, as nnU-Net's `init_args`, and what shapes its result. */
export interface TrainingArguments {
  plans: Plans;
  configuration: string;
  fold: number | 'all';
  dataset_json: DatasetLabels;
  /** Axes that inference may mirror along; null for none. */
  inference_allowed_mirroring_axes: number[] | null;
  epochs: number;
  iterationsPerEpoch: number;
  batchSize: number;
  augmentation: AugmentationName;
  /** Absent in checkpoints of earlier versions, which knew float32 alone. */
  precision?: Precision;
  seed: number;
}

/** A checkpoint's JSON: beside the weights for readers, and within them so that both are of one moment. */
export interface CheckpointRecord {
  trainer_name: 'nnUNetTrainer';
  init_args: TrainingArguments;
  state: TrainingState;
}

const weightsFile = (folder: string, name: CheckpointName) => join(folder, `checkpoint_${name}.safetensors`);
const recordFile = (folder: string, name: CheckpointName) => join(folder, `checkpoint_${name}.json`);
const momentumPrefix = 'optimizer.momentum.';

export interface SaveCheckpointOptions {
  /** The fold's folder. */
  folder: string;
  name: CheckpointName;
  record: CheckpointRecord;
  network: Unet;
  optimizer: NesterovSgd;
}

/** Writes `checkpoint_<name>.safetensors` and its JSON, each beside its place and renamed. */
export async function saveCheckpoint({
  folder,
  name,
  record,
  network,
  optimizer,
}: SaveCheckpointOptions): Promise<void> {
  await makeFolder(folder);
  const weights = await saveTensors(network);
  const momenta = await saveMomenta(network, optimizer);
  const tensors = new Map([...weights, ...momenta].map(({ name: tensor, shape, data }) => [tensor, { shape, data }]));
  await writeSafetensors(weightsFile(folder, name), tensors, {
    metadata: { format: 'pt', checkpoint: JSON.stringify(record) },
  });
  await writeBeside(recordFile(folder, name), [Buffer.from(`${JSON.stringify(record, undefined, 2)}\n`)]);
}

/** Removes a checkpoint, if there is one. */
export async function removeCheckpoint(folder: string, name: CheckpointName): Promise<void> {
  await rm(weightsFile(folder, name), { force: true });
  await rm(recordFile(folder, name), { force: true });
}

/** Removes what a training that was killed while it wrote a checkpoint has left beside the checkpoint's place. */
export async function clearUnfinished(folder: string): Promise<void> {
  if (!existsSync(folder)) {
    return;
  }
  const left = (await readdir(folder)).filter((name) => /^checkpoint_.*\.tmp$/.test(name));
  await Promise.all(left.map((name) => rm(join(folder, name), { force: true })));
}

/** The checkpoint a training goes on from: final, else latest, else best, as nnU-Net's `--c` takes them. */
export function findCheckpoint(folder: string): CheckpointName | undefined {
  return (['final', 'latest', 'best'] as const).find((name) => existsSync(weightsFile(folder, name)));
}

export interface LoadedCheckpoint {
  record: CheckpointRecord;
  weights: NamedTensor[];
  momenta: NamedTensor[];
}

/**
 * Reads a checkpoint of a fold.
 *
 * @throws UnetModelError `checkpoint-missing`, `checkpoint-invalid`
 */
export async function loadCheckpoint(folder: string, name: CheckpointName): Promise<LoadedCheckpoint> {
  const path = weightsFile(folder, name);
  if (!existsSync(path)) {
    throw new UnetModelError(`${path} does not exist.`, {
      code: 'checkpoint-missing',
      remedy: 'Train this fold first.',
    });
  }
  const { tensors, metadata } = await readSafetensors(path);
  const json = metadata?.checkpoint;
  if (json === undefined) {
    throw new UnetModelError(`${path} holds weights but no record of a training.`, {
      code: 'checkpoint-invalid',
      remedy: 'Train this fold again, or load the weights alone.',
    });
  }
  const record = JSON.parse(json) as CheckpointRecord;
  restoreNaN(record.state.log);
  const all = [...tensors].map(([tensor, content]) => ({
    name: tensor,
    shape: content.shape,
    data: toFloat32(content),
  }));
  return {
    record,
    weights: all.filter((tensor) => !tensor.name.startsWith(momentumPrefix)),
    momenta: all.filter((tensor) => tensor.name.startsWith(momentumPrefix)),
  };
}

/** Puts a checkpoint's weights and momenta into a network and its optimizer. */
export function restoreCheckpoint({ weights, momenta }: LoadedCheckpoint, network: Unet, optimizer: NesterovSgd): void {
  loadTensors(network, weights);
  const byName = new Map(momenta.map((tensor) => [tensor.name.slice(momentumPrefix.length), tensor]));
  const restored = network.parameters.map(({ name, torchShape }) => {
    const tensor = byName.get(name);
    return tensor && fromTorchLayout(tensor.data, torchShape);
  });
  optimizer.restore(restored);
  for (const tensor of restored) {
    tensor?.dispose();
  }
}

async function saveMomenta(network: Unet, optimizer: NesterovSgd): Promise<NamedTensor[]> {
  const momenta: NamedTensor[] = [];
  for (const [i, { name, torchShape }] of network.parameters.entries()) {
    const momentum = optimizer.momenta[i];
    if (momentum) {
      momenta.push({ name: `${momentumPrefix}${name}`, shape: torchShape, data: await toTorchValues(momentum) });
    }
  }
  return momenta;
}

/** JSON has no NaN; the log's numbers come back from null. */
function restoreNaN(log: TrainingLog): void {
  const restore = (values: unknown[]) => {
    values.forEach((value, i) => {
      if (Array.isArray(value)) {
        restore(value);
      } else if (value === null) {
        values[i] = NaN;
      }
    });
  };
  for (const list of Object.values(log) as unknown[][]) {
    restore(list);
  }
}
