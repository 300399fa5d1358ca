import { randomBytes } from 'node:crypto';
import { open, realpath, rename, rm, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { FracturaError, reasonOf } from '@fractura/errors';
import { ArrayFilesError } from './errors.js';

/** How a file is written. */
export interface WriteFileOptions {
  signal?: AbortSignal | undefined;
  /**
   * Wait until the bytes are on the disk (default true). Without it, a power failure may leave the file cut off, though the
   * end of the process cannot: for files that can be made again.
   */
  flush?: boolean | undefined;
  /**
   * What happens where `path` is a symbolic link: the file that it points to is replaced (`follow`, the default), or the link
   * itself is (`replace`): for files that have their names from us, in a folder that someone else may have filled.
   */
  links?: 'follow' | 'replace' | undefined;
}

/** How a stream of bytes is written. */
export interface WriteBesideOptions extends WriteFileOptions {
  /** Compress to gzip at this level (0 to 9). */
  gzipLevel?: number | undefined;
}

/** Cuts an array into pieces (1 MiB by default), so that writing and compression can stop in between. */
export function* piecesOf(bytes: Uint8Array, pieceBytes = 1 << 20): Generator<Uint8Array> {
  for (let start = 0; start < bytes.byteLength; start += pieceBytes) {
    yield bytes.subarray(start, start + pieceBytes);
  }
}

/**
 * Streams into a temporary file beside `path`, flushes it to the disk and renames it: at any moment `path` holds all of the
 * old content or all of the new. No link is followed at the temporary file's name, which is new.
 *
 * @param pieces the content in order; a failure of its iterator leaves the old file as it was.
 * @throws ArrayFilesError `file-unwritable`.
 */
export async function writeBeside(
  path: string,
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  { gzipLevel, signal, flush = true, links = 'follow' }: WriteBesideOptions = {},
): Promise<void> {
  const target = links === 'replace' ? path : await realpath(path).catch(() => path);
  const temporary = `${target}.${randomBytes(6).toString('hex')}.tmp`;
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
    await rename(temporary, target);
  } catch (cause) {
    await rm(temporary, { force: true });
    if (signal?.aborted === true || FracturaError.isInstance(cause)) {
      throw cause;
    }
    throw new ArrayFilesError(`${path} cannot be written: ${reasonOf(cause)}.`, {
      code: 'file-unwritable',
      remedy: 'Check that the folder exists, may be written to and has room.',
      cause,
    });
  }
}

/**
 * Writes a text (as UTF-8) or bytes to a file, as {@link writeBeside} does: the old content or the new, never a part.
 *
 * @throws ArrayFilesError `file-unwritable`.
 */
export async function writeFileBeside(
  path: string,
  content: string | Uint8Array,
  options: WriteFileOptions = {},
): Promise<void> {
  await writeBeside(path, piecesOf(typeof content === 'string' ? Buffer.from(content) : content), options);
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
