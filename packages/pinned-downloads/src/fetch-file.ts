import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { reasonOf } from '@fractura/errors';
import { PinnedDownloadsError } from './errors.js';
import { sha256Of } from './sha256-of.js';
import { throughBeside } from './through-beside.js';

/** A file of a web server of which exactly one content is accepted. */
export interface PinnedFile {
  url: string;
  /** Its SHA-256 in hexadecimal digits, or as many of its first digits as are known. */
  sha256: string;
}

export interface FetchFileOptions {
  /** The file to write. */
  target: string;
  signal?: AbortSignal | undefined;
  /** What is said beside a network's failure, such as another way to the file. */
  remedy: string;
}

/**
 * Fetches a file by HTTP or HTTPS to beside its place, checks its hash and renames it.
 *
 * @throws PinnedDownloadsError `download-failed`, `file-hash`
 */
export async function fetchFile(
  { url, sha256 }: PinnedFile,
  { target, signal, remedy }: FetchFileOptions,
): Promise<void> {
  await throughBeside(target, async (beside) => {
    await download(url, beside, remedy, signal);
    await checkFileHash(beside, sha256, url);
  });
}

/**
 * Refuses a file whose SHA-256 does not begin with these digits.
 *
 * @param name what the message calls it; default the file.
 * @throws PinnedDownloadsError `file-hash`
 */
export async function checkFileHash(file: string, sha256: string, name: string = file): Promise<void> {
  const found = await sha256Of(file);
  if (found.startsWith(sha256)) {
    return;
  }
  throw new PinnedDownloadsError(`${name} has the SHA-256 ${found}, which should begin with ${sha256}.`, {
    code: 'file-hash',
    remedy: 'The file is damaged or another one: fetch it again.',
  });
}

async function download(url: string, file: string, remedy: string, signal?: AbortSignal): Promise<void> {
  try {
    const response = await fetch(url, { signal });
    if (!response.ok || response.body === null) {
      throw new Error(`the server answers ${response.status}`);
    }
    await pipeline(Readable.fromWeb(response.body as never), createWriteStream(file), { signal });
  } catch (cause) {
    signal?.throwIfAborted();
    const reason = cause instanceof Error && cause.cause instanceof Error ? reasonOf(cause.cause) : reasonOf(cause);
    throw new PinnedDownloadsError(`${url} could not be fetched: ${reason}.`, {
      code: 'download-failed',
      remedy,
      cause,
    });
  }
}
