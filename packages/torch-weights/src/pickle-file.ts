import { openByteRanges, writeFileBeside } from '@fractura/array-files';
import { TorchWeightsError } from './errors.js';
import { damagedFile } from './pickle/pickle-error.js';
import type { PythonValue } from './python/python-value.js';
import { encodeValue } from './torch-file/encode-value.js';
import { readFilePickle } from './torch-file/file-pickle.js';
import type { PythonInput } from './torch-file/python-input.js';

/** How to read a pickle. */
export interface ReadPickleOptions {
  /** Names of functions that may stand in the data as a `PythonReference`; any other is refused. Default none. */
  references?: readonly string[];
}

/**
 * Reads a plain pickle, as `pickle.dump` writes and nnU-Net keeps its properties in, without executing it.
 *
 * @throws TorchWeightsError `invalid-torch-file`, `constructor-refused`
 * @throws ArrayFilesError `file-not-found`, `file-unreadable`
 */
export async function readPickle(
  input: string | Uint8Array,
  { references = [] }: ReadPickleOptions = {},
): Promise<PythonValue> {
  const source = await openByteRanges(input, 'The pickle');
  try {
    const { value, storages } = readFilePickle(await source.read(0, source.size), source.name, { references });
    if (storages.size > 0) {
      throw damagedFile(source.name, 'its tensors are missing');
    }
    return value;
  } finally {
    await source.close();
  }
}

/**
 * Writes a pickle of protocol 2 that `pickle.load` reads, beside its place, and renames it. Tensors are refused.
 *
 * @throws TorchWeightsError `invalid-value`
 * @throws ArrayFilesError `file-unwritable`
 */
export async function writePickle(path: string, value: PythonInput): Promise<void> {
  const { pickle, storages } = encodeValue(value);
  if (storages.length > 0) {
    throw new TorchWeightsError('A plain pickle holds no tensors.', {
      code: 'invalid-value',
      remedy: 'Write them with writeTorchFile.',
    });
  }
  await writeFileBeside(path, pickle);
}
