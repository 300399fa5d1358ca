import { dirname } from 'node:path';
import { makeFolder, writeFileBeside } from '@fractura/array-files';
import { writeSafetensors } from '@fractura/torch-weights';

import type { Optimizer } from '../optimizers/optimizer.js';
import type { NetworkState } from '../parameters/network-state.js';
import { saveState, type StateDict, type StateTensor } from '../parameters/state-dict.js';
import { checkpointFile, optimizerPrefix, recordFile, type CheckpointName } from './checkpoint-files.js';

/** What a checkpoint holds; the model's package defines the record. */
export interface Checkpoint<TrainingRecord extends object> {
  /** Plain JSON. */
  record: TrainingRecord;
  /** The network's `state_dict`. */
  weights: StateDict;
  /** The optimizer's running averages, named `<average>.<parameter>`; empty where they were not saved. */
  optimizer: StateDict;
}

/**
 * Writes a checkpoint: a `.safetensors` file of all tensors with the record in its metadata, so that both are of one moment, and
 * the record again as JSON beside it, for readers. Each file is whole or absent at any moment.
 *
 * @throws ArrayFilesError `file-unwritable`
 */
export async function writeCheckpoint<TrainingRecord extends object>(
  file: string,
  { record, weights, optimizer }: Checkpoint<TrainingRecord>,
): Promise<void> {
  await makeFolder(dirname(file));
  const tensors = new Map<string, StateTensor>(weights);
  for (const [name, tensor] of optimizer) {
    tensors.set(`${optimizerPrefix}${name}`, tensor);
  }
  await writeSafetensors(file, tensors, { metadata: { format: 'pt', checkpoint: JSON.stringify(record) } });
  await writeFileBeside(recordFile(file), `${JSON.stringify(record, undefined, 2)}\n`);
}

export interface SaveCheckpointOptions<TrainingRecord extends object> {
  /** The training's folder. */
  folder: string;
  name: CheckpointName;
  record: TrainingRecord;
  network: NetworkState;
  /** Left out where nothing will go on from the checkpoint. */
  optimizer?: Optimizer;
}

/**
 * Writes `checkpoint_<name>.safetensors` and its JSON, as {@link writeCheckpoint} does.
 *
 * @throws ArrayFilesError `file-unwritable`
 */
export async function saveCheckpoint<TrainingRecord extends object>({
  folder,
  name,
  record,
  network,
  optimizer,
}: SaveCheckpointOptions<TrainingRecord>): Promise<void> {
  await writeCheckpoint(checkpointFile(folder, name), {
    record,
    weights: await saveState(network),
    optimizer: (await optimizer?.save()) ?? new Map<string, StateTensor>(),
  });
}
