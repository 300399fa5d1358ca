import { randomBytes } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { FracturaError } from '@fractura/errors';
import { ArrayFilesError } from './errors.js';

/** How to write a stream of bytes. */
export interface WriteBesideOptions {
  /** Compress to gzip at this level (0 to 9). */
  gzipLevel?: number | undefined;
  signal?: AbortSignal | undefined;
  /**
   * Wait until the bytes are on the disk (default true). Without it, a file may be cut off after a failure of power, though
   * not after the process was killed: for files that can be made again.
   */
  flush?: boolean | undefined;
}

/** Cuts an array into pieces, so that compression can stream and stop in between. */
export function* piecesOf(bytes: Uint8Array, pieceBytes = 1 << 20): Generator<Uint8Array> {
  for (let start = 0; start < bytes.byteLength; start += pieceBytes) {
    yield bytes.subarray(start, start + pieceBytes);
  }
}

/**
 * Streams into a temporary file beside `path`, flushes it to the disk (if wanted) and renames it, so that `path` is whole or absent.
 *
 * @throws ArrayFilesError `file-unwritable`.
 */
export async function writeBeside(
  path: string,
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  { gzipLevel, signal, flush = true }: WriteBesideOptions = {},
): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const handle = await open(temporary, 'wx');
    try {
      for await (const piece of gzipLevel === undefined ? pieces : compressed(pieces, gzipLevel)) {
        signal?.throwIfAborted();
        await writeWhole(handle, piece);
      }
      signal?.throwIfAborted();
      if (flush) {
        await handle.sync();
      }
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    if (signal?.aborted === true || FracturaError.isInstance(cause)) {
      throw cause;
    }
    throw new ArrayFilesError(`${path} cannot be written: ${(cause as Error).message}.`, {
      code: 'file-unwritable',
      remedy: 'Check that the folder exists, may be written to and has room.',
      cause,
    });
  }
}

/** A write may take only part of what it is given. */
async function writeWhole(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  let written = 0;
  while (written < bytes.byteLength) {
    written += (await handle.write(bytes, written)).bytesWritten;
  }
}

async function* compressed(
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  level: number,
): AsyncIterable<Uint8Array> {
  const gzip = createGzip({ level, chunkSize: 1 << 16 });
  const fed = pipeline(Readable.from(pieces), gzip);
  // What fails while feeding also ends the reading below, where it is thrown.
  fed.catch(() => undefined);
  yield* gzip as AsyncIterable<Uint8Array>;
  await fed;
}
