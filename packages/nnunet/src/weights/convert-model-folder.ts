import { join } from 'node:path';
import { makeFolder } from '@fractura/array-files';
import { parseFoldFolder } from '@fractura/nnunet-format';
import { NnunetError } from '../errors.js';
import { copyDescriptions, copyWhereThere } from '../folders/copy-descriptions.js';
import { namesIn } from '../folders/input-cases.js';
import { completeReporting, type Reporting } from '../reporting.js';
import { convertCheckpoint } from './convert-checkpoint.js';

/** From where to where; the checkpoints that are there decide the direction. */
export interface ConvertModelFolderOptions extends Reporting {
  /** The folder `trainer__plans__configuration`. */
  input: string;
  output: string;
}

/**
 * Converts a model folder: our `.safetensors` checkpoints to the `.pth` that nnU-Net's commands load, or nnU-Net's to ours.
 * dataset.json, plans.json and the fingerprint go along.
 *
 * @returns the checkpoints written.
 * @throws NnunetError `folder-missing`, `no-folds`, `checkpoint-invalid`
 */
export async function convertModelFolder(options: ConvertModelFolderOptions): Promise<string[]> {
  const { input, output } = options;
  const { note, signal } = completeReporting(options);
  const checkpoints = await listCheckpoints(input);
  await makeFolder(output);
  await copyDescriptions(input, output);
  await copyWhereThere(input, output, ['dataset_fingerprint.json']);
  const written: string[] = [];
  for (const { fold, name } of checkpoints) {
    signal.throwIfAborted();
    const ending = name.endsWith('.pth') ? 'safetensors' : 'pth';
    const file = join(output, fold, name.replace(/\w+$/, ending));
    note(`${join(fold, name)} to ${file}`);
    await makeFolder(join(output, fold));
    await convertCheckpoint({ input: join(input, fold, name), output: file });
    written.push(file);
  }
  return written;
}

/** The folds' checkpoints: ours, or where there are none, nnU-Net's. */
async function listCheckpoints(folder: string): Promise<{ fold: string; name: string }[]> {
  const found: { fold: string; name: string }[] = [];
  for (const fold of await namesIn(folder)) {
    if (parseFoldFolder(fold) === undefined) {
      continue;
    }
    for (const name of await namesIn(join(folder, fold))) {
      if (/^checkpoint_\w+\.(pth|safetensors)$/.test(name)) {
        found.push({ fold, name });
      }
    }
  }
  if (found.length === 0) {
    throw new NnunetError(`${folder} has no fold with a checkpoint.`, {
      code: 'no-folds',
      remedy: 'Give the folder that holds fold_0 and so on.',
    });
  }
  const own = found.filter(({ name }) => name.endsWith('.safetensors'));
  return own.length > 0 ? own : found;
}
