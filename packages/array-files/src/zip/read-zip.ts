import { inflateRaw, crc32 } from 'node:zlib';
import { promisify } from 'node:util';
import { reasonOf } from '@fractura/errors';
import type { ByteRanges } from '../byte-ranges.js';
import { ArrayFilesError } from '../errors.js';

/** A member of a zip archive, as the central directory describes it. */
export interface ZipEntry {
  name: string;
  /** Bytes after decompression. */
  size: number;
  compressedSize: number;
  /** 0 stored, 8 deflated. */
  method: number;
  crc32: number;
  /** Where its local header begins. */
  localHeaderOffset: number;
}

const signatures = {
  endOfDirectory: 0x06054b50,
  zip64Locator: 0x07064b50,
  zip64End: 0x06064b50,
  entry: 0x02014b50,
  local: 0x04034b50,
};

/** Deflate cannot shrink further than 1032:1 (zlib's technical notes). */
const largestDeflateRatio = 1032;

/** A value of 32 ones means that the true one is in the zip64 record. */
const inZip64 = 0xffffffff;

const damaged = (file: string, what: string, cause?: unknown) =>
  new ArrayFilesError(`${file} is not a valid zip archive: ${what}.`, {
    code: 'invalid-zip',
    remedy: 'Copy or download the file again.',
    cause,
  });

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Place and size of the central directory, zip64 or not (APPNOTE 4.3.14 to 4.3.16). */
async function findDirectory(source: ByteRanges) {
  const longestEnd = 22 + 65535;
  const tailBytes = Math.min(source.size, longestEnd);
  const tailStart = source.size - tailBytes;
  const tail = await source.read(tailStart, tailBytes);
  const view = viewOf(tail);
  let end = tailBytes - 22;
  while (end >= 0 && view.getUint32(end, true) !== signatures.endOfDirectory) {
    end -= 1;
  }
  if (end < 0) {
    throw damaged(source.name, 'it has no end of central directory');
  }
  const plain = {
    entries: view.getUint16(end + 10, true),
    bytes: view.getUint32(end + 12, true),
    offset: view.getUint32(end + 16, true),
  };
  if (plain.entries !== 0xffff && plain.bytes !== inZip64 && plain.offset !== inZip64) {
    return plain;
  }
  const locatorOffset = tailStart + end - 20;
  if (locatorOffset < 0) {
    return plain;
  }
  const locator = viewOf(await source.read(locatorOffset, 20));
  if (locator.getUint32(0, true) !== signatures.zip64Locator) {
    return plain;
  }
  const recordOffset = Number(locator.getBigUint64(8, true));
  if (recordOffset + 56 > source.size) {
    throw damaged(source.name, 'its zip64 record lies outside the file');
  }
  const record = viewOf(await source.read(recordOffset, 56));
  if (record.getUint32(0, true) !== signatures.zip64End) {
    throw damaged(source.name, 'its zip64 record is missing');
  }
  return {
    entries: Number(record.getBigUint64(32, true)),
    bytes: Number(record.getBigUint64(40, true)),
    offset: Number(record.getBigUint64(48, true)),
  };
}

/** Sizes and offset from the zip64 extra field, in the fixed order of those that the entry leaves to it (APPNOTE 4.5.3). */
function zip64Values(extra: Uint8Array, wanted: number): number[] | undefined {
  const view = viewOf(extra);
  for (let at = 0; at + 4 <= extra.byteLength;) {
    const length = view.getUint16(at + 2, true);
    if (view.getUint16(at, true) === 1 && length >= wanted * 8 && at + 4 + wanted * 8 <= extra.byteLength) {
      return Array.from({ length: wanted }, (_, i) => Number(view.getBigUint64(at + 4 + i * 8, true)));
    }
    at += 4 + length;
  }
  return undefined;
}

/**
 * Lists the members of a zip archive in the order of its central directory.
 *
 * @throws ArrayFilesError `invalid-zip`, also for members that lie outside the file or claim more than deflate can hold.
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export async function listZip(source: ByteRanges): Promise<ZipEntry[]> {
  const directory = await findDirectory(source);
  if (directory.offset + directory.bytes > source.size) {
    throw damaged(source.name, 'its directory lies outside the file');
  }
  const bytes = await source.read(directory.offset, directory.bytes);
  const view = viewOf(bytes);
  const decoder = new TextDecoder();
  const entries: ZipEntry[] = [];
  let at = 0;
  while (entries.length < directory.entries) {
    if (at + 46 > bytes.byteLength || view.getUint32(at, true) !== signatures.entry) {
      throw damaged(source.name, `its directory ends at member ${entries.length} of ${directory.entries}`);
    }
    const nameBytes = view.getUint16(at + 28, true);
    const extraBytes = view.getUint16(at + 30, true);
    const next = at + 46 + nameBytes + extraBytes + view.getUint16(at + 32, true);
    if (next > bytes.byteLength) {
      throw damaged(source.name, `its directory ends at member ${entries.length}`);
    }
    const name = decoder.decode(bytes.subarray(at + 46, at + 46 + nameBytes));
    const extra = bytes.subarray(at + 46 + nameBytes, at + 46 + nameBytes + extraBytes);
    const [size, compressedSize, localHeaderOffset] = resolve64(
      [view.getUint32(at + 24, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)],
      extra,
    );
    const entry = {
      name,
      size,
      compressedSize,
      method: view.getUint16(at + 10, true),
      crc32: view.getUint32(at + 16, true),
      localHeaderOffset,
    };
    checkEntry(entry, (view.getUint16(at + 8, true) & 1) === 1, source);
    entries.push(entry);
    at = next;
  }
  const compressedBytes = entries.reduce((sum, { compressedSize }) => sum + compressedSize, 0);
  if (compressedBytes > source.size) {
    throw damaged(source.name, 'its members overlap');
  }
  return entries;
}

function resolve64(values: [number, number, number], extra: Uint8Array): [number, number, number] {
  const missing = values.filter((value) => value === inZip64).length;
  const wide = missing > 0 ? zip64Values(extra, missing) : undefined;
  if (wide === undefined) {
    return values;
  }
  return values.map((value) => (value === inZip64 ? wide.shift() : value)) as [number, number, number];
}

function checkEntry(entry: ZipEntry, isEncrypted: boolean, { name: file, size: fileBytes }: ByteRanges): void {
  const { name, size, compressedSize, method, localHeaderOffset } = entry;
  const member = `member "${name}"`;
  if (isEncrypted) {
    throw damaged(file, `${member} is encrypted`);
  }
  if (method !== 0 && method !== 8) {
    throw damaged(file, `${member} is compressed by the unknown method ${method}`);
  }
  if (localHeaderOffset + 30 + compressedSize > fileBytes) {
    throw damaged(file, `${member} lies outside the file`);
  }
  if (method === 0 ? size !== compressedSize : size > compressedSize * largestDeflateRatio) {
    throw damaged(file, `${member} claims ${size} bytes; it holds ${compressedSize}`);
  }
}

/** Where the bytes of a member begin. @throws ArrayFilesError `invalid-zip`. */
export async function memberStart(source: ByteRanges, entry: ZipEntry): Promise<number> {
  const local = viewOf(await source.read(entry.localHeaderOffset, 30));
  if (local.getUint32(0, true) !== signatures.local) {
    throw damaged(source.name, `member "${entry.name}" has no local header`);
  }
  const start = entry.localHeaderOffset + 30 + local.getUint16(26, true) + local.getUint16(28, true);
  if (start + entry.compressedSize > source.size) {
    throw damaged(source.name, `member "${entry.name}" lies outside the file`);
  }
  return start;
}

/**
 * Reads one member whole and checks its CRC-32.
 *
 * @throws ArrayFilesError `invalid-zip`.
 */
export async function readZipEntry(source: ByteRanges, entry: ZipEntry): Promise<Uint8Array> {
  const start = await memberStart(source, entry);
  const stored = await source.read(start, entry.compressedSize);
  const bytes = entry.method === 0 ? stored : await inflateEntry(stored, entry, source.name);
  if (bytes.byteLength !== entry.size || crc32(bytes) !== entry.crc32) {
    throw damaged(source.name, `member "${entry.name}" does not match its checksum`);
  }
  return bytes;
}

async function inflateEntry(stored: Uint8Array, { name, size }: ZipEntry, file: string): Promise<Uint8Array> {
  try {
    return await promisify(inflateRaw)(stored, { maxOutputLength: Math.max(size, 1) });
  } catch (cause) {
    throw damaged(file, `member "${name}" cannot be decompressed (${reasonOf(cause)})`, cause);
  }
}
