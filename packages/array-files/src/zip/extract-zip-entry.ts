import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw, crc32 } from 'node:zlib';
import { openByteRanges } from '../byte-ranges.js';
import { ArrayFilesError } from '../errors.js';
import { writeBeside } from '../write-beside.js';
import { memberStart, type ZipEntry } from './read-zip.js';

/**
 * Streams one member of an archive into a file, however large, and checks its CRC-32; the file is whole or absent.
 *
 * @param archive path of the zip file.
 * @throws ArrayFilesError `invalid-zip`, `file-unwritable`.
 */
export async function extractZipEntry(
  archive: string,
  entry: ZipEntry,
  target: string,
  { signal }: { signal?: AbortSignal } = {},
): Promise<void> {
  const source = await openByteRanges(archive, archive);
  let start: number;
  try {
    start = await memberStart(source, entry);
  } finally {
    await source.close();
  }
  await writeBeside(target, checkedContent(archive, entry, start), { signal });
}

/** The content of a member; it ends with an error where it is not as the directory says. */
async function* checkedContent(archive: string, entry: ZipEntry, start: number): AsyncGenerator<Buffer> {
  let sum = 0;
  let size = 0;
  for await (const chunk of contentOf(archive, entry, start)) {
    sum = crc32(chunk, sum);
    size += chunk.byteLength;
    // One that goes on beyond its size would fill the disk.
    if (size > entry.size) {
      break;
    }
    yield chunk;
  }
  if (sum !== entry.crc32 || size !== entry.size) {
    throw damagedMember(archive, entry);
  }
}

async function* contentOf(archive: string, entry: ZipEntry, start: number): AsyncGenerator<Buffer> {
  if (entry.compressedSize === 0) {
    return;
  }
  const stored = createReadStream(archive, { start, end: start + entry.compressedSize - 1 });
  if (entry.method === 0) {
    yield* stored as AsyncIterable<Buffer>;
    return;
  }
  const inflated = createInflateRaw();
  const fed = pipeline(stored, inflated);
  // What fails while feeding also ends the reading below, where it is thrown.
  fed.catch(() => undefined);
  try {
    yield* inflated as AsyncIterable<Buffer>;
    await fed;
  } catch (cause) {
    throw damagedMember(archive, entry, cause);
  }
}

const damagedMember = (archive: string, { name }: ZipEntry, cause?: unknown) =>
  new ArrayFilesError(`${archive}: member "${name}" does not match its checksum.`, {
    code: 'invalid-zip',
    remedy: 'Download the file again.',
    cause,
  });
