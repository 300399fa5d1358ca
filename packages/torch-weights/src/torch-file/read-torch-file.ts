import { openByteRanges } from '@fractura/array-files';
import { damagedFile } from '../pickle/pickle-error.js';
import type { PythonValue } from '../python/python-value.js';
import { fillTensors } from './fill-tensors.js';
import { readLegacyFile } from './read-legacy-file.js';
import { readZipFile } from './read-zip-file.js';

/** How to read a PyTorch file. */
export interface ReadTorchFileOptions {
  /**
   * Bytes that tensors may take in all which are not contiguous in their storage and have to be copied. Default: 64 MiB and
   * eight times the file's size. With strides of 0 a small file can ask for any amount.
   */
  maxCopiedBytes?: number;
  signal?: AbortSignal;
}

/**
 * Reads what `torch.save` wrote (`.pth`, `.pt`, `.bin`), in the zip format since torch 1.6 or the one before, without
 * executing its pickle: only constructors of data are allowed, and any other is refused by name.
 *
 * Memory stays within a small multiple of the file's size.
 *
 * @param input path, or the bytes of a file
 * @returns the object saved: see {@link PythonValue}; tensors are dense, in C order
 * @throws TorchWeightsError `invalid-torch-file`, `constructor-refused`, `too-large`
 * @throws ArrayFilesError `file-not-found`, `file-unreadable`, `invalid-zip`
 */
export async function readTorchFile(
  input: string | Uint8Array,
  { maxCopiedBytes, signal }: ReadTorchFileOptions = {},
): Promise<PythonValue> {
  const source = await openByteRanges(input, 'The PyTorch data');
  try {
    const start = Buffer.from(await source.read(0, Math.min(4, source.size)));
    const isZip = start.toString('latin1') === 'PK\x03\x04';
    if (!isZip && start[0] !== 0x80) {
      throw damagedFile(source.name, 'it is neither a zip archive nor a pickle');
    }
    const file = isZip ? await readZipFile(source, signal) : await readLegacyFile(source);
    fillTensors(file.tensors, {
      file: source.name,
      bytes: file.bytes,
      isBigEndian: file.isBigEndian,
      maxCopiedBytes: maxCopiedBytes ?? 2 ** 26 + 8 * source.size,
    });
    return file.value;
  } finally {
    await source.close();
  }
}
