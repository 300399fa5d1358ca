import { writeCheckpoint } from '@fractura/tfjs-training/checkpoints';
import { readSafetensors, readTorchFile, writeTorchFile } from '@fractura/torch-weights';
import { parseUnetRecord, readUnetCheckpoint } from '@fractura/unet-model';
import { NnunetError } from '../errors.js';
import { fromNnunetCheckpoint, isNnunetCheckpoint } from './from-nnunet-checkpoint.js';
import { parameterOrder } from './parameter-order.js';
import { requireNnunetNetwork, toNnunetCheckpoint } from './to-nnunet-checkpoint.js';

/** The checkpoint to convert, and the file to write. */
export interface ConvertCheckpointOptions {
  /** nnU-Net's `.pth`, or ours, a `.safetensors` file. */
  input: string;
  /** The other of the two. */
  output: string;
}

/**
 * Converts a checkpoint between nnU-Net's trainer and ours: weights under all names that PyTorch wants, the optimizer's momenta,
 * epoch and log. Trainer, plans, dataset.json, fold and mirroring axes travel in the metadata of safetensors, so that a `.pth` made
 * of it is one that nnU-Net loads. Beside a `.safetensors` file its record is written as JSON, as beside every checkpoint of ours.
 *
 * @throws NnunetError `network-not-nnunets`; `checkpoint-invalid` where the input is a network's weights alone, `format-unknown` for other endings;
 *   TorchWeightsError where it is damaged.
 */
export async function convertCheckpoint({ input, output }: ConvertCheckpointOptions): Promise<void> {
  if (isTorchFile(input) && output.endsWith('.safetensors')) {
    await writeCheckpoint(output, fromNnunetCheckpoint(await readTorchFile(input), input, parameterOrder));
    return;
  }
  if (input.endsWith('.safetensors') && isTorchFile(output)) {
    const checkpoint = await readUnetCheckpoint(input);
    requireNnunetNetwork(checkpoint.weights, input);
    await writeTorchFile(output, toNnunetCheckpoint(checkpoint, parameterOrder(checkpoint.record)));
    return;
  }
  throw new NnunetError(`A checkpoint ${input} cannot be converted to ${output}.`, {
    code: 'format-unknown',
    remedy: 'Convert a .pth to a .safetensors file, or the other way round.',
  });
}

/**
 * Whether a file is a checkpoint of a U-Net's training, nnU-Net's or ours, and not a network's weights alone.
 *
 * @throws TorchWeightsError, UnetModelError `checkpoint-invalid` where it is damaged.
 */
export async function isCheckpoint(file: string): Promise<boolean> {
  if (isTorchFile(file)) {
    return isNnunetCheckpoint(await readTorchFile(file));
  }
  if (!file.endsWith('.safetensors')) {
    return false;
  }
  const { metadata } = await readSafetensors(file, { filter: () => false });
  return parseUnetRecord(metadata?.checkpoint, file) !== undefined;
}

const isTorchFile = (file: string): boolean => file.endsWith('.pth');
