import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeBeside, makeFolder } from '@fractura/array-files';
import type { LossScale, Precision } from '@fractura/tfjs-training';
import { readSafetensors, toFloat32, writeSafetensors, type Tensor as TorchTensor } from '@fractura/torch-weights';
import type { Augmentation } from '../data/augmentation.js';
import type { ImageSize } from '../data/classifier-sample.js';
import type { Normalisation } from '../data/normalisation.js';
import { Resnet18ClassifierError } from '../errors.js';
import {
  fromTorchLayout,
  type Resnet,
  type ResnetDepth,
  saveWeights,
  toTorchValues,
  type WeightTensors,
} from '@fractura/backbones';
import type { LearningRateSchedule } from './learning-rate.js';
import { slotNames, type Optimizer, type OptimizerName } from './optimizer.js';
import type { EpochLog } from './training-options.js';

export type CheckpointName = 'latest' | 'best' | 'final';

/** What shapes a training's result; a checkpoint is only continued with the same. */
export interface TrainingSettings {
  epochs: number;
  batchSize: number;
  learningRate: number;
  schedule: LearningRateSchedule;
  optimizer: OptimizerName;
  weightDecay: number;
  augmentation: Augmentation | 'none';
  /** Absent in checkpoints of earlier versions, which knew float32 alone. */
  precision?: Precision;
  seed: number;
  /** SHA-256 of the weights that it began with; null where it began with random ones. */
  pretrained: string | null;
  /** SHA-256 of the ids and labels of both sets. */
  samples: string;
}

/** A checkpoint's JSON: beside the weights for readers, and within them so that both are of one moment. */
export interface ClassifierRecord {
  format: 'fractura-classifier';
  version: 1;
  depth: ResnetDepth;
  classNames: string[];
  image: ImageSize;
  normalisation: Normalisation;
  settings: TrainingSettings;
  optimizerSteps: number;
  /** The factor on the loss, in float16 alone. */
  lossScale?: LossScale;
  bestEpoch: number;
  log: EpochLog[];
}

export const checkpointFile = (folder: string, name: CheckpointName): string =>
  join(folder, `checkpoint_${name}.safetensors`);
const slotPrefix = 'optimizer.';

/** Writes `checkpoint_<name>.safetensors` and its JSON, each beside its place and renamed. */
export async function saveCheckpoint(
  folder: string,
  name: CheckpointName,
  { record, network, optimizer }: { record: ClassifierRecord; network: Resnet; optimizer?: Optimizer },
): Promise<void> {
  await makeFolder(folder);
  const tensors = await saveWeights(network);
  for (const [slot, slotName] of (optimizer ? slotNames[optimizer.options.name] : []).entries()) {
    for (const [i, { name: parameter, torchShape }] of network.parameters.entries()) {
      const data = await toTorchValues(optimizer!.slots[slot][i]);
      tensors.set(`${slotPrefix}${slotName}.${parameter}`, { shape: torchShape, data });
    }
  }
  const path = checkpointFile(folder, name);
  await writeSafetensors(path, tensors, { metadata: { format: 'pt', checkpoint: JSON.stringify(record) } });
  await writeBeside(path.replace(/safetensors$/, 'json'), [Buffer.from(`${JSON.stringify(record, undefined, 2)}\n`)]);
}

/** Removes a checkpoint, if there is one. */
export async function removeCheckpoint(folder: string, name: CheckpointName): Promise<void> {
  const path = checkpointFile(folder, name);
  await rm(path, { force: true });
  await rm(path.replace(/safetensors$/, 'json'), { force: true });
}

export interface LoadedCheckpoint {
  file: string;
  record: ClassifierRecord;
  weights: WeightTensors;
  /** Running averages of the optimizer, by slot and parameter name. */
  slots: ReadonlyMap<string, TorchTensor>;
}

/**
 * Reads a checkpoint file.
 *
 * @throws Resnet18ClassifierError `checkpoint-missing`, `checkpoint-invalid`
 */
export async function readCheckpoint(path: string): Promise<LoadedCheckpoint> {
  requireCheckpoint(path);
  const { tensors, metadata } = await readSafetensors(path);
  const record = parseRecord(metadata?.checkpoint);
  if (!record) {
    throw invalid(path, "holds no record of a classifier's training");
  }
  const entries = [...tensors];
  return {
    file: path,
    record,
    weights: new Map(entries.filter(([name]) => !name.startsWith(slotPrefix))),
    slots: new Map(
      entries.flatMap(([name, tensor]) =>
        name.startsWith(slotPrefix) ? [[name.slice(slotPrefix.length), tensor]] : [],
      ),
    ),
  };
}

/** @throws Resnet18ClassifierError `checkpoint-missing` */
export function requireCheckpoint(path: string): void {
  if (existsSync(path)) {
    return;
  }
  throw new Resnet18ClassifierError(`${path} does not exist.`, {
    code: 'checkpoint-missing',
    remedy: 'Train a classifier first; where this file of a training was removed, remove the others of its folder too.',
  });
}

const invalid = (file: string, what: string) =>
  new Resnet18ClassifierError(`${file} ${what}.`, {
    code: 'checkpoint-invalid',
    remedy: 'Give a checkpoint that trainClassifier wrote, or load the weights alone with loadWeights.',
  });

/** Puts a checkpoint's running averages into an optimizer, so that training goes on as if never interrupted. */
export function restoreOptimizer(
  optimizer: Optimizer,
  { file, record, slots }: Omit<LoadedCheckpoint, 'weights'>,
): void {
  optimizer.steps = record.optimizerSteps;
  slotNames[optimizer.options.name].forEach((slotName, slot) => {
    optimizer.parameters.forEach(({ name, torchShape }, i) => {
      const saved = slots.get(`${slotName}.${name}`);
      if (!saved) {
        throw invalid(file, `lacks the optimizer's ${slotName} of ${name}`);
      }
      const values = fromTorchLayout(toFloat32(saved), torchShape);
      optimizer.slots[slot][i].assign(values);
      values.dispose();
    });
  });
}

function parseRecord(json: string | undefined): ClassifierRecord | undefined {
  if (json === undefined) {
    return undefined;
  }
  try {
    const record = JSON.parse(json) as Partial<ClassifierRecord> | null;
    return record?.format === 'fractura-classifier' ? (record as ClassifierRecord) : undefined;
  } catch {
    return undefined;
  }
}
