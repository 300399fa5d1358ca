import { encodeZip, listZip, openByteRanges, readZipEntry, writeBeside, type ByteRanges } from '@fractura/array-files';
import { VolumeIoError } from '../errors.js';
import { checkMaxBytes, defaultLimit } from '../memory-limit.js';
import type { NpyArray, NpyInput } from './npy-array.js';
import { encodeNpy, readNpyFrom } from './npy-files.js';

/** What to read. */
export interface ReadNpzOptions {
  /** Read only the arrays whose names pass; the rest is not loaded. */
  filter?: (name: string) => boolean;
  /**
   * Refuse archives whose arrays take more when unpacked. Default 256 MiB, or 24 times the file's size where that is more, up to
   * 4 GiB.
   */
  maxBytes?: number;
  signal?: AbortSignal;
}

/** How to write. */
export interface WriteNpzOptions {
  /** Deflate as `numpy.savez_compressed` does (default false: stored as `numpy.savez`). */
  compress?: boolean;
  /** zlib's level, 1 to 9 (default 6, numpy's). */
  level?: number;
}

/** Arrays by name. */
export type NpzInputs = ReadonlyMap<string, NpyInput> | Readonly<Record<string, NpyInput>>;

const isMap = (arrays: NpzInputs): arrays is ReadonlyMap<string, NpyInput> => arrays instanceof Map;

/**
 * Reads the arrays that `numpy.savez` or `numpy.savez_compressed` wrote, by name, in the order of the archive.
 *
 * @param input path, or the bytes of a file.
 * @throws VolumeIoError `invalid-npy`, `unsupported-dtype`, `file-truncated`, `too-large`, `limit-invalid`.
 * @throws ArrayFilesError `invalid-zip`, `file-not-found`, `file-unreadable`.
 */
export async function readNpz(
  input: string | Uint8Array,
  { filter = () => true, maxBytes, signal }: ReadNpzOptions = {},
): Promise<Map<string, NpyArray>> {
  checkMaxBytes(maxBytes);
  const source = await openByteRanges(input, 'The NPZ data');
  try {
    const named = (await listZip(source)).map((entry) => ({ entry, name: entry.name.replace(/\.npy$/, '') }));
    const chosen = named.filter(({ name }) => filter(name));
    const unpacked = chosen.reduce((sum, { entry }) => sum + entry.size, 0);
    const limit = maxBytes ?? defaultLimit(source.size);
    if (unpacked > limit) {
      throw new VolumeIoError(`${source.name} unpacks to ${unpacked} bytes, more than the limit of ${limit}.`, {
        code: 'too-large',
        remedy: 'Raise the option "maxBytes" if the file is trusted, or read fewer arrays.',
      });
    }
    const arrays = new Map<string, NpyArray>();
    for (const { entry, name } of chosen) {
      signal?.throwIfAborted();
      const bytes = await readZipEntry(source, entry);
      arrays.set(name, await readNpyFrom(rangesOf(bytes, `${source.name}: ${entry.name}`)));
    }
    return arrays;
  } finally {
    await source.close();
  }
}

/** Bytes that nobody else holds, and so need not be copied. */
const rangesOf = (bytes: Uint8Array, name: string): ByteRanges => ({
  name,
  size: bytes.byteLength,
  read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
  close: () => Promise.resolve(),
});

function* membersOf(arrays: NpzInputs) {
  for (const [name, array] of isMap(arrays) ? arrays : Object.entries(arrays)) {
    yield { name: `${name}.npy`, bytes: encodeNpy(array) };
  }
}

const zipOptions = ({ compress = false, level = 6 }: WriteNpzOptions) => (compress ? { level } : {});

/**
 * An NPZ archive in memory.
 *
 * @throws VolumeIoError `invalid-volume`.
 */
export function encodeNpz(arrays: NpzInputs, options: WriteNpzOptions = {}): Uint8Array {
  return Buffer.concat([...encodeZip(membersOf(arrays), zipOptions(options))]);
}

/**
 * Writes an NPZ archive beside its place and renames it.
 *
 * @throws VolumeIoError `invalid-volume`.
 * @throws ArrayFilesError `file-unwritable`.
 */
export async function writeNpz(
  path: string,
  arrays: NpzInputs,
  { signal, ...options }: WriteNpzOptions & { signal?: AbortSignal } = {},
): Promise<void> {
  await writeBeside(path, encodeZip(membersOf(arrays), zipOptions(options)), { signal });
}
