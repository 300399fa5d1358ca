import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
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
}

/** Cuts an array into pieces, so that compression can stream and stop in between. */
export function* piecesOf(bytes: Uint8Array, pieceBytes = 1 << 20): Generator<Uint8Array> {
  for (let start = 0; start < bytes.byteLength; start += pieceBytes) yield bytes.subarray(start, start + pieceBytes);
}

/**
 * Streams into a temporary file beside `path`, flushes it to the disk and renames it, so that `path` is whole or absent.
 *
 * @throws ArrayFilesError `file-unwritable`.
 */
export async function writeBeside(
  path: string,
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  { gzipLevel, signal }: WriteBesideOptions = {},
): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  const source = Readable.from(pieces);
  const options = signal === undefined ? {} : { signal };
  try {
    const sink = createWriteStream(temporary, { flags: 'wx' });
    if (gzipLevel === undefined) await pipeline(source, sink, options);
    else await pipeline(source, createGzip({ level: gzipLevel }), sink, options);
    const handle = await open(temporary, 'r+');
    await handle.sync();
    await handle.close();
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    if (signal?.aborted === true || FracturaError.isInstance(cause)) throw cause;
    throw new ArrayFilesError(`${path} cannot be written: ${(cause as Error).message}.`, {
      code: 'file-unwritable',
      remedy: 'Check that the folder exists, may be written to and has room.',
      cause,
    });
  }
}
