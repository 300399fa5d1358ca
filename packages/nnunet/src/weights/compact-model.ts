import { dirname, join } from 'node:path';
import { encodeFloat16, makeFolder, refuseOverwrite } from '@fractura/array-files';
import { foldFolder, readDatasetJson, readImageConversion, type FoldName } from '@fractura/nnunet-format';
import { optimizerPrefix } from '@fractura/tfjs-training/checkpoints';
import { readSafetensors, toFloat32, writeSafetensors, type Tensor, type TensorInput } from '@fractura/torch-weights';
import { NnunetError } from '../errors.js';
import { copyDescriptions, copyWhereThere } from '../folders/copy-descriptions.js';
import { namesIn } from '../folders/input-cases.js';
import { trainedFolds } from '../model/load-model.js';
import { checkpointFile } from '../model/read-checkpoint.js';

/** The model to make small, and where to. */
export interface CompactModelOptions {
  /** The folder `trainer__plans__configuration`, trained by us. */
  input: string;
  output: string;
  /** Default: all that have the checkpoint. */
  folds?: readonly FoldName[];
  /** Name of the checkpoint, without an ending. Default `checkpoint_final`. */
  checkpoint?: string;
}

/** A checkpoint that was written. */
export interface CompactCheckpoint {
  file: string;
  bytes: number;
}

/**
 * Writes a model folder that only predicts: networks without what their training goes on with, in float16, an eighth of the size;
 * plans, dataset.json and cut-off go along. The networks compute in float32 as before, on weights rounded to 11 significant bits.
 *
 * @returns the checkpoints written.
 * @throws NnunetError `folder-missing`, `no-folds`, `checkpoint-missing` where a fold has no `.safetensors` checkpoint;
 *   `weights-too-large` where a weight has no float16; ArrayFilesError `output-is-input`.
 */
export async function compactModel({
  input,
  output,
  folds,
  checkpoint = 'checkpoint_final',
}: CompactModelOptions): Promise<CompactCheckpoint[]> {
  const files = (folds ?? trainedFolds(input, await namesIn(input), checkpoint)).map((fold) => ({
    source: requireOwnCheckpoint(input, fold, checkpoint),
    target: join(foldFolder(fold), `${checkpoint}.safetensors`),
  }));
  await refuseOverwrite({
    inputs: files.map(({ source }) => source),
    outputs: files.map(({ target }) => join(output, target)),
  });
  await makeFolder(output);
  await copyDescriptions(input, output);
  await copyWhereThere(input, output, await neededBeside(input));
  const written: CompactCheckpoint[] = [];
  for (const { source, target } of files) {
    const { tensors, metadata } = await readSafetensors(source, {
      filter: (name) => !name.startsWith(optimizerPrefix),
    });
    const compact = new Map([...tensors].map(([name, tensor]) => [name, toFloat16(tensor, `${name} of ${source}`)]));
    const file = join(output, target);
    await makeFolder(dirname(file));
    await writeSafetensors(file, compact, { metadata });
    const bytes = [...compact.values()].reduce((sum, { data }) => sum + (data as Uint16Array).byteLength, 0);
    written.push({ file, bytes });
  }
  return written;
}

/** The fingerprint tells the images' size where dataset.json does not. */
async function neededBeside(folder: string): Promise<string[]> {
  const stated = readImageConversion(await readDatasetJson(join(folder, 'dataset.json')));
  return stated === undefined ? ['cutoff.json', 'dataset_fingerprint.json'] : ['cutoff.json'];
}

/** @throws NnunetError `checkpoint-missing` */
function requireOwnCheckpoint(folder: string, fold: FoldName, checkpoint: string): string {
  const file = checkpointFile(folder, fold, checkpoint);
  if (file?.endsWith('.safetensors')) {
    return file;
  }
  throw new NnunetError(`${join(folder, foldFolder(fold))} has no ${checkpoint}.safetensors.`, {
    code: 'checkpoint-missing',
    remedy: 'Choose folds that were trained here, or turn the .pth into .safetensors by weights convert first.',
  });
}

/** Integers, such as a norm's count of batches, stay as they are. */
function toFloat16(tensor: Tensor, what: string): TensorInput {
  const { shape, dtype } = tensor;
  if (dtype === 'int64' || dtype === 'float16') {
    return tensor;
  }
  const data = encodeFloat16(toFloat32(tensor));
  // All exponent bits set: infinite, or not a number.
  if (data.some((bits) => (bits & 0x7c00) === 0x7c00)) {
    throw new NnunetError(`The tensor ${what} has values beyond float16's 65504.`, {
      code: 'weights-too-large',
      remedy: 'Keep this model in float32.',
    });
  }
  return { shape, dtype: 'float16', data };
}
