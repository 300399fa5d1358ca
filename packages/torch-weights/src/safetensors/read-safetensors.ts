import { arrayClasses, openByteRanges, viewElements } from '@fractura/array-files';
import { TorchWeightsError } from '../errors.js';
import { elementLayouts, type Tensor } from '../tensors/tensor.js';
import { maxHeaderBytes, parseHeader } from './parse-header.js';

/** Content of a `.safetensors` file. */
export interface Safetensors {
  /** Tensors by name, in the order of the file. */
  tensors: Map<string, Tensor>;
  /** The `__metadata__` of the header; undefined where the file has none. */
  metadata: Record<string, string> | undefined;
}

/** What to read. */
export interface ReadSafetensorsOptions {
  /** Read only the tensors whose names pass; the rest is not loaded. */
  filter?: (name: string) => boolean;
  signal?: AbortSignal;
}

/**
 * Reads a `.safetensors` file, tensor by tensor, so that it may be of any size.
 *
 * @param input path, or the bytes of a file.
 * @throws TorchWeightsError `invalid-safetensors`, `unsupported-dtype`.
 * @throws ArrayFilesError `file-not-found`, `file-unreadable`.
 * @see https://github.com/huggingface/safetensors (README, "Format")
 */
export async function readSafetensors(
  input: string | Uint8Array,
  { filter = () => true, signal }: ReadSafetensorsOptions = {},
): Promise<Safetensors> {
  const source = await openByteRanges(input, 'The safetensors data');
  try {
    if (source.size < 8) {
      throw tooShort(source.name, source.size, 8);
    }
    const lengthBytes = await source.read(0, 8);
    const headerBytes = Number(new DataView(lengthBytes.buffer).getBigUint64(0, true));
    if (headerBytes > maxHeaderBytes || 8 + headerBytes > source.size) {
      throw tooShort(source.name, source.size, 8 + headerBytes);
    }
    const dataStart = 8 + headerBytes;
    const { entries, metadata } = parseHeader(await source.read(8, headerBytes), source.size - dataStart, source.name);
    const tensors = new Map<string, Tensor>();
    for (const { name, dtype, shape, start, end } of entries) {
      if (!filter(name)) {
        continue;
      }
      signal?.throwIfAborted();
      const bytes = await source.read(dataStart + start, end - start);
      const { storage } = elementLayouts[dtype];
      const data = viewElements(storage, bytes, 0, bytes.byteLength / arrayClasses[storage].BYTES_PER_ELEMENT);
      tensors.set(name, { dtype, shape, data });
    }
    return { tensors, metadata };
  } finally {
    await source.close();
  }
}

const tooShort = (file: string, size: number, needed: number) =>
  new TorchWeightsError(`${file} has ${size} bytes; its header needs ${needed}.`, {
    code: 'invalid-safetensors',
    remedy: 'Write or download the file again; it is cut off or not a safetensors file.',
  });
