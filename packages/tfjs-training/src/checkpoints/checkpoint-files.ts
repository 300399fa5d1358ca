import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** `latest` to go on from, `best` by validation, `final` of a finished training. */
export type CheckpointName = 'latest' | 'best' | 'final';

/** `checkpoint_<name>.safetensors` in a training's folder. */
export const checkpointFile = (folder: string, name: CheckpointName): string =>
  join(folder, `checkpoint_${name}.safetensors`);

/** How the names of the optimizer's tensors begin in a checkpoint. */
export const optimizerPrefix = 'optimizer.';

/**
 * How the names of a training's own weights begin among the optimizer's tensors, where the network to use is their moving average.
 */
export const unaveragedPrefix = 'unaveraged.';

/** The JSON beside a checkpoint, with the record that is within it too. */
export const recordFile = (file: string): string => file.replace(/\.safetensors$/, '.json');

/**
 * The checkpoint to go on from: the first of `names` that is there. By default final, else latest, else best, as nnU-Net's `--c`
 * takes them.
 *
 * @see nnU-Net: nnunetv2/run/run_training.py, maybe_load_checkpoint
 */
export function findCheckpoint(
  folder: string,
  names: readonly CheckpointName[] = ['final', 'latest', 'best'],
): CheckpointName | undefined {
  return names.find((name) => existsSync(checkpointFile(folder, name)));
}

/** Removes a checkpoint and its JSON, if they are there. */
export async function removeCheckpoint(folder: string, name: CheckpointName): Promise<void> {
  const file = checkpointFile(folder, name);
  await rm(file, { force: true });
  await rm(recordFile(file), { force: true });
}

/** Removes the temporary files of checkpoints that a killed training was writing. */
export async function clearUnfinishedCheckpoints(folder: string): Promise<void> {
  if (!existsSync(folder)) {
    return;
  }
  const unfinished = (await readdir(folder)).filter((name) => /^checkpoint_.*\.tmp$/.test(name));
  await Promise.all(unfinished.map((name) => rm(join(folder, name), { force: true })));
}
