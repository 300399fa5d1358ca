import { dirname } from 'node:path';
import { makeFolder, writeFileBeside } from '@fractura/array-files';
import { writeSafetensors } from '@fractura/torch-weights';

import type { Optimizer } from '../optimizers/optimizer.js';
import type { NetworkState } from '../parameters/network-state.js';
import { saveState, type StateDict, type StateTensor } from '../parameters/state-dict.js';
import type { AveragedWeights } from '../training/averaged-weights.js';
import {
  checkpointFile,
  optimizerPrefix,
  recordFile,
  unaveragedPrefix,
  type CheckpointName,
} from './checkpoint-files.js';

/** What a checkpoint holds; the model's package defines the record. */
export interface Checkpoint<TrainingRecord extends object> {
  /** Plain JSON. */
  record: TrainingRecord;
  /** The `state_dict` of the network to use: where weights are averaged, of the average. */
  weights: StateDict;
  /**
   * The optimizer's running averages, named `<average>.<parameter>`, and where weights are averaged those that the training goes on
   * with, named `unaveraged.<parameter>`; empty where they were not saved.
   */
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
  /** Where the network to use is the average of the training's weights. */
  averaged?: AveragedWeights;
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
  averaged,
}: SaveCheckpointOptions<TrainingRecord>): Promise<void> {
  const ofOptimizer = new Map<string, StateTensor>(await optimizer?.save());
  const save = () => saveState(network);
  let weights: StateDict;
  if (averaged) {
    weights = await averaged.during(async () => {
      // Meanwhile the averages hold the training's own.
      for (const [tensor, values] of await averaged.save()) {
        ofOptimizer.set(`${unaveragedPrefix}${tensor}`, values);
      }
      return save();
    });
  } else {
    weights = await save();
  }
  await writeCheckpoint(checkpointFile(folder, name), { record, weights, optimizer: ofOptimizer });
}
