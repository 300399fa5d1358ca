import { openByteRanges } from '@fractura/array-files';
import { readSafetensors } from '../safetensors/read-safetensors.js';
import type { Tensor } from '../tensor.js';
import { readTorchFile, type ReadTorchFileOptions } from '../torch-file/read-torch-file.js';
import { findStateDict } from './find-state-dict.js';

/** How to read a state dict. */
export interface ReadStateDictOptions extends ReadTorchFileOptions {
  /** The key that it lies under in a checkpoint; by default the usual ones are tried. */
  key?: string;
}

/**
 * The network's tensors by name, from a PyTorch file or checkpoint (nnU-Net's `network_weights`, Lightning's `state_dict`, a
 * bare state dict) or a safetensors file; which of them it is, its content tells.
 *
 * @param input path, or the bytes of a file
 * @returns tensors in the order of the file, dense, in C order, kernels in PyTorch's layout
 * @throws TorchWeightsError `no-state-dict`, `invalid-torch-file`, `constructor-refused`, `too-large`, `invalid-safetensors`,
 * `unsupported-dtype`
 * @throws ArrayFilesError `file-not-found`, `file-unreadable`, `invalid-zip`
 */
export async function readStateDict(
  input: string | Uint8Array,
  { key, ...options }: ReadStateDictOptions = {},
): Promise<Map<string, Tensor>> {
  const { name, isSafetensors } = await probe(input);
  if (!isSafetensors) return findStateDict(await readTorchFile(input, options), name, key);
  const { signal } = options;
  return (await readSafetensors(input, signal ? { signal } : {})).tensors;
}

/** A safetensors file begins with eight bytes of length and the brace of its header. */
async function probe(input: string | Uint8Array): Promise<{ name: string; isSafetensors: boolean }> {
  const source = await openByteRanges(input, 'The data');
  try {
    const start = await source.read(0, Math.min(9, source.size));
    return { name: source.name, isSafetensors: start[8] === 0x7b };
  } finally {
    await source.close();
  }
}
