import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip, gunzipSync } from 'node:zlib';
import { fileError } from '@fractura/array-files';
import { reasonOf } from '@fractura/errors';
import { VolumeIoError } from '../errors.js';

/** Deflate cannot shrink further than 1032:1 (zlib's technical notes), which bounds what a gz file can hold. */
const largestDeflateRatio = 1032;

/** Files up to this size are read whole, and unpacked at once up to that size: streams cost more than such a file. */
const maxWholeFileBytes = 1 << 20;
const maxUnpackedBytes = 1 << 24;

/** Decompressed bytes in order, and how many there can be at most. */
export interface ByteSource {
  file: string;
  maxBytes: number;
  /** Bytes of the file itself, where they are compressed. */
  compressedBytes?: number;
  chunks: AsyncIterable<Uint8Array>;
}

const isGzip = (head: Uint8Array) => head[0] === 0x1f && head[1] === 0x8b;

async function* gunzip(source: Readable, file: string): AsyncIterable<Uint8Array> {
  const inflater = createGunzip({ chunkSize: 1 << 16 });
  source.on('error', (error) => inflater.destroy(error));
  source.pipe(inflater);
  try {
    yield* inflater as AsyncIterable<Uint8Array>;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code?.startsWith('Z_') !== true) {
      throw fileError(file, cause);
    }
    throw new VolumeIoError(`${file}: its gzip data is damaged or cut off (${reasonOf(cause)}).`, {
      code: 'gzip-damaged',
      remedy: 'Copy or download the file again.',
      cause,
    });
  } finally {
    source.destroy();
    inflater.destroy();
  }
}

async function* plain(source: Readable, file: string): AsyncIterable<Uint8Array> {
  try {
    yield* source as AsyncIterable<Uint8Array>;
  } catch (cause) {
    throw fileError(file, cause);
  }
}

/** The bytes of a file or of memory; gzip is recognised by its content, not by the name. */
export async function openByteSource(input: string | Uint8Array, name: string): Promise<ByteSource> {
  const { head, size, stream, whole } = typeof input === 'string' ? await openFile(input) : openMemory(input);
  const compressed = isGzip(head);
  const unpacked = whole && compressed ? unpackAtOnce(whole) : whole;
  return {
    file: name,
    maxBytes: compressed ? size * largestDeflateRatio : size,
    compressedBytes: compressed ? size : undefined,
    chunks: unpacked ? once(unpacked) : compressed ? gunzip(stream(), name) : plain(stream(), name),
  };
}

/** Nothing where the bytes are damaged or too many, so that the stream finds out, and says why. */
function unpackAtOnce(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return gunzipSync(bytes, { maxOutputLength: maxUnpackedBytes });
  } catch {
    return undefined;
  }
}

// eslint-disable-next-line @typescript-eslint/require-await -- as the streams are
async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

function openMemory(bytes: Uint8Array) {
  // Readable.from takes a Uint8Array for a list of numbers unless it stands in a list.
  const whole = bytes.byteLength <= maxWholeFileBytes ? bytes : undefined;
  return { head: bytes.subarray(0, 2), size: bytes.byteLength, stream: () => Readable.from([bytes]), whole };
}

async function openFile(path: string) {
  try {
    const handle = await open(path);
    try {
      const { size } = await handle.stat();
      const head = await readStart(handle, size <= maxWholeFileBytes ? size : 2);
      const stream = () => createReadStream(path, { highWaterMark: 1 << 20 });
      return { head, size, stream, whole: size <= maxWholeFileBytes ? head : undefined };
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw fileError(path, cause);
  }
}

async function readStart(handle: FileHandle, count: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(count);
  let position = 0;
  while (position < count) {
    const { bytesRead } = await handle.read(bytes, position, count - position, position);
    if (bytesRead === 0) {
      break;
    }
    position += bytesRead;
  }
  return bytes.subarray(0, position);
}
