import { existsSync } from 'node:fs';
import { readSafetensors } from '@fractura/torch-weights';

import { TfjsTrainingError } from '../errors.js';
import type { StateDict } from '../parameters/state-dict.js';
import { optimizerPrefix, unaveragedPrefix } from './checkpoint-files.js';
import { toStateDict } from './read-weights.js';
import type { Checkpoint } from './write-checkpoint.js';

export interface ReadCheckpointOptions<TrainingRecord extends object> {
  /** Whether the checkpoint's JSON is a record of the wanted kind. */
  isRecord: (record: object) => record is TrainingRecord;
  /** The kind of network, as messages name it: `a classifier`. */
  network: string;
  /** Whether the optimizer's averages are read too. Default true. */
  withOptimizer?: boolean;
}

/**
 * Reads a checkpoint's `.safetensors` file.
 *
 * @throws TfjsTrainingError `checkpoint-missing`, `checkpoint-invalid`
 * @throws TorchWeightsError where the file is damaged
 */
export async function readCheckpoint<TrainingRecord extends object>(
  file: string,
  { isRecord, network, withOptimizer = true }: ReadCheckpointOptions<TrainingRecord>,
): Promise<Checkpoint<TrainingRecord>> {
  requireCheckpoint(file);
  const { tensors, metadata } = await readSafetensors(file, {
    filter: (name) => withOptimizer || !name.startsWith(optimizerPrefix),
  });
  const record = parseRecord(metadata?.checkpoint);
  if (record === undefined || !isRecord(record)) {
    throw new TfjsTrainingError(`${file} holds no record of the training of ${network}.`, {
      code: 'checkpoint-invalid',
      remedy: 'Give a checkpoint of such a training, or load the weights alone.',
    });
  }
  const entries = [...toStateDict(tensors)];
  return {
    record,
    weights: new Map(entries.filter(([name]) => !name.startsWith(optimizerPrefix))),
    optimizer: new Map(
      entries
        .filter(([name]) => name.startsWith(optimizerPrefix))
        .map(([name, tensor]) => [name.slice(optimizerPrefix.length), tensor]),
    ),
  };
}

/** @throws TfjsTrainingError `checkpoint-missing` */
export function requireCheckpoint(file: string): void {
  if (!existsSync(file)) {
    throw new TfjsTrainingError(`There is no checkpoint ${file}.`, {
      code: 'checkpoint-missing',
      remedy: 'Train first; where this file of a finished training was removed, remove the others of its folder too.',
    });
  }
}

function parseRecord(json: string | undefined): object | undefined {
  try {
    const record: unknown = JSON.parse(json ?? 'null');
    return typeof record === 'object' && record !== null ? record : undefined;
  } catch {
    return undefined;
  }
}

/** The weights that a training goes on with: of a checkpoint that holds their moving average the others, else its own. */
export function weightsToTrain({ weights, optimizer }: Pick<Checkpoint<object>, 'weights' | 'optimizer'>): StateDict {
  const unaveraged = [...optimizer]
    .filter(([name]) => name.startsWith(unaveragedPrefix))
    .map(([name, tensor]) => [name.slice(unaveragedPrefix.length), tensor] as const);
  return new Map([...weights, ...unaveraged]);
}
