import { openByteRanges, piecesOf, writeBeside, type ByteRanges, type WriteBesideOptions } from '@fractura/array-files';
import { VolumeIoError } from '../errors.js';
import { decodeElements, encodeElements, type NpyArray, type NpyInput } from './npy-array.js';
import { encodeNpyHeader, parseDictionary, parsePreamble, preambleBytes } from './npy-header.js';

/** Reads an NPY file from any random access. */
export async function readNpyFrom(source: ByteRanges): Promise<NpyArray> {
  const truncated = (needed: number) =>
    new VolumeIoError(`${source.name} has ${source.size} bytes; its header asks for ${needed}.`, {
      code: 'file-truncated',
      remedy: 'Copy or download the file again.',
    });
  const preamble = await source.read(0, Math.min(preambleBytes, source.size));
  const { start, end } = parsePreamble(preamble, source.name);
  if (end > source.size) {
    throw truncated(end);
  }
  const header = parseDictionary(await source.read(start, end - start), source.name);
  if (!(end + header.dataBytes <= source.size)) {
    throw truncated(end + header.dataBytes);
  }
  return decodeElements(header, await source.read(end, header.dataBytes));
}

/**
 * Reads an array that `numpy.save` wrote: versions 1 to 3, both byte orders, C and Fortran order.
 *
 * @param input path, or the bytes of a file.
 * @throws VolumeIoError `invalid-npy`, `unsupported-dtype`, `file-truncated`.
 * @throws ArrayFilesError `file-not-found`, `file-unreadable`.
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export async function readNpy(input: string | Uint8Array): Promise<NpyArray> {
  const source = await openByteRanges(input, 'The NPY data');
  try {
    return await readNpyFrom(source);
  } finally {
    await source.close();
  }
}

/**
 * An NPY file in memory, byte for byte as `numpy.save` writes it.
 *
 * @throws VolumeIoError `invalid-volume`.
 */
export function encodeNpy(array: NpyInput): Uint8Array {
  const { descr, fortranOrder, shape, bytes } = encodeElements(array);
  return Buffer.concat([encodeNpyHeader(descr, fortranOrder, shape), bytes]);
}

/**
 * Writes an NPY file beside its place and renames it.
 *
 * @throws VolumeIoError `invalid-volume`.
 * @throws ArrayFilesError `file-unwritable`.
 */
export async function writeNpy(
  path: string,
  array: NpyInput,
  { signal, flush }: Pick<WriteBesideOptions, 'signal' | 'flush'> = {},
): Promise<void> {
  const { descr, fortranOrder, shape, bytes } = encodeElements(array);
  await writeBeside(path, [encodeNpyHeader(descr, fortranOrder, shape), ...piecesOf(bytes)], { signal, flush });
}
