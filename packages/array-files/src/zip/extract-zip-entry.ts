import { createReadStream } from 'node:fs';
import { Transform } from 'node:stream';
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
  let sum = 0;
  let size = 0;
  const check = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sum = crc32(chunk, sum);
      size += chunk.byteLength;
      done(null, chunk);
    },
    flush(done) {
      const intact = sum === entry.crc32 && size === entry.size;
      const fault = new ArrayFilesError(`${archive}: member "${entry.name}" does not match its checksum.`, {
        code: 'invalid-zip',
        remedy: 'Download the file again.',
      });
      done(intact ? null : fault);
    },
  });
  const stored = createReadStream(archive, { start, end: start + entry.compressedSize - 1 });
  const inflated = entry.method === 0 ? stored : forwardErrors(stored, createInflateRaw());
  await writeBeside(target, forwardErrors(inflated, check), { signal });
}

function forwardErrors<Sink extends Transform>(from: NodeJS.ReadableStream, to: Sink): Sink {
  from.on('error', (error: Error) => to.destroy(error));
  from.pipe(to);
  return to;
}
