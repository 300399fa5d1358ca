import { readSafetensors } from '../safetensors/read-safetensors.js';
import type { Tensor } from '../tensors/tensor.js';
import { readTorchFile, type ReadTorchFileOptions } from '../torch-file/read-torch-file.js';
import { findStateDict } from './find-state-dict.js';
import { isSafetensorsFile } from './probe-file.js';

/** How to read a state dict. */
export interface ReadStateDictOptions extends ReadTorchFileOptions {
  /** The key that it lies under in a checkpoint; by default the usual ones are tried. */
  key?: string;
}

/**
 * The network's tensors by name, from a PyTorch file or checkpoint (nnU-Net's `network_weights`, Lightning's `state_dict`, a
 * bare state dict) or a safetensors file; the content decides which of them it is.
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
  if (!(await isSafetensorsFile(input))) {
    const name = typeof input === 'string' ? input : 'The PyTorch data';
    return findStateDict(await readTorchFile(input, options), name, key);
  }
  return (await readSafetensors(input, { signal: options.signal })).tensors;
}
