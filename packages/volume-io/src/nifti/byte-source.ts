import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { fileError } from '@fractura/array-files';
import { VolumeIoError } from '../errors.js';

/** Deflate cannot shrink further than 1032:1 (zlib's technical notes), which bounds what a gz file can hold. */
const largestDeflateRatio = 1032;

/** Decompressed bytes in order, and how many there can be at most. */
export interface ByteSource {
  file: string;
  mostBytes: number;
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
    if ((cause as NodeJS.ErrnoException).code?.startsWith('Z_') !== true) throw fileError(file, cause);
    throw new VolumeIoError(`${file}: its gzip data is damaged or cut off (${(cause as Error).message}).`, {
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
  const { head, size, stream } = typeof input === 'string' ? await openFile(input) : openMemory(input);
  const compressed = isGzip(head);
  return {
    file: name,
    mostBytes: compressed ? size * largestDeflateRatio : size,
    chunks: compressed ? gunzip(stream(), name) : plain(stream(), name),
  };
}

function openMemory(bytes: Uint8Array) {
  // Readable.from takes a Uint8Array for a list of numbers unless it stands in a list.
  return { head: bytes.subarray(0, 2), size: bytes.byteLength, stream: () => Readable.from([bytes]) };
}

async function openFile(path: string) {
  try {
    const handle = await open(path);
    try {
      const head = new Uint8Array(2);
      await handle.read(head, 0, 2, 0);
      const { size } = await handle.stat();
      return { head, size, stream: () => createReadStream(path, { highWaterMark: 1 << 20 }) };
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw fileError(path, cause);
  }
}
