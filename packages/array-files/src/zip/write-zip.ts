import { crc32, deflateRawSync } from 'node:zlib';

/** A member to write. */
export interface ZipMember {
  name: string;
  bytes: Uint8Array;
}

/** How to write. */
export interface WriteZipOptions {
  /** Deflate at this level, 1 to 9; stored by default. */
  level?: number;
  /** Stored members begin at multiples of this many bytes (PyTorch: 64); the gap goes into an extra field. */
  alignment?: number;
}

/** 1 January 1980, 00:00, the earliest date the format knows: the same content gives the same bytes. */
const date = { time: 0, day: 0x21 };

const utf8Names = 0x800;

/** The id PyTorch gives its padding field ("FB"). */
const paddingId = 0x4246;

/** 32-bit fields end here; beyond it the zip64 record holds the value. */
const limit32 = 0xffffffff;

function zip64Extra(values: number[]): Buffer {
  if (values.length === 0) {
    return Buffer.alloc(0);
  }
  const extra = Buffer.alloc(4 + values.length * 8);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(values.length * 8, 2);
  for (const [i, value] of values.entries()) {
    extra.writeBigUInt64LE(BigInt(value), 4 + i * 8);
  }
  return extra;
}

function paddingExtra(dataOffset: number, alignment: number): Buffer {
  if (alignment <= 1) {
    return Buffer.alloc(0);
  }
  const gap = (alignment - ((dataOffset + 4) % alignment)) % alignment;
  const extra = Buffer.alloc(4 + gap, 'Z');
  extra.writeUInt16LE(paddingId, 0);
  extra.writeUInt16LE(gap, 2);
  return extra;
}

interface Placed {
  name: Buffer;
  method: number;
  crc: number;
  compressed: number;
  size: number;
  offset: number;
}

function localHeader({ name, method, crc, compressed, size }: Placed, extra: Buffer, isWide: boolean): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(isWide ? 45 : 20, 4);
  header.writeUInt16LE(utf8Names, 6);
  header.writeUInt16LE(method, 8);
  header.writeUInt16LE(date.time, 10);
  header.writeUInt16LE(date.day, 12);
  header.writeUInt32LE(crc, 14);
  header.writeUInt32LE(isWide ? limit32 : compressed, 18);
  header.writeUInt32LE(isWide ? limit32 : size, 22);
  header.writeUInt16LE(name.byteLength, 26);
  header.writeUInt16LE(extra.byteLength, 28);
  return Buffer.concat([header, name, extra]);
}

function directoryEntry({ name, method, crc, compressed, size, offset }: Placed): Buffer {
  const wide = [size, compressed, offset].filter((value) => value >= limit32);
  const extra = zip64Extra(wide);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(45, 4);
  entry.writeUInt16LE(wide.length > 0 ? 45 : 20, 6);
  entry.writeUInt16LE(utf8Names, 8);
  entry.writeUInt16LE(method, 10);
  entry.writeUInt16LE(date.time, 12);
  entry.writeUInt16LE(date.day, 14);
  entry.writeUInt32LE(crc, 16);
  entry.writeUInt32LE(Math.min(compressed, limit32), 20);
  entry.writeUInt32LE(Math.min(size, limit32), 24);
  entry.writeUInt16LE(name.byteLength, 28);
  entry.writeUInt16LE(extra.byteLength, 30);
  entry.writeUInt32LE(Math.min(offset, limit32), 42);
  return Buffer.concat([entry, name, extra]);
}

function endOfDirectory(entries: number, bytes: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(entries, 0xffff), 8);
  end.writeUInt16LE(Math.min(entries, 0xffff), 10);
  end.writeUInt32LE(Math.min(bytes, limit32), 12);
  end.writeUInt32LE(Math.min(offset, limit32), 16);
  if (entries < 0xffff && offset < limit32) {
    return end;
  }
  const wide = Buffer.alloc(76);
  wide.writeUInt32LE(0x06064b50, 0);
  wide.writeBigUInt64LE(44n, 4);
  wide.writeUInt16LE(45, 12);
  wide.writeUInt16LE(45, 14);
  wide.writeBigUInt64LE(BigInt(entries), 24);
  wide.writeBigUInt64LE(BigInt(entries), 32);
  wide.writeBigUInt64LE(BigInt(bytes), 40);
  wide.writeBigUInt64LE(BigInt(offset), 48);
  wide.writeUInt32LE(0x07064b50, 56);
  wide.writeBigUInt64LE(BigInt(offset + bytes), 64);
  wide.writeUInt32LE(1, 72);
  return Buffer.concat([wide, end]);
}

/**
 * The bytes of a zip archive, piece by piece; members are taken one at a time, so that the whole is never in memory.
 *
 * Names are UTF-8, dates are fixed, zip64 is used where sizes ask for it.
 */
export function* encodeZip(
  members: Iterable<ZipMember>,
  { level, alignment = 1 }: WriteZipOptions = {},
): Generator<Uint8Array> {
  const placed: Placed[] = [];
  let offset = 0;
  for (const { name, bytes } of members) {
    const content = level === undefined ? bytes : deflateRawSync(bytes, { level });
    const entry = {
      name: Buffer.from(name),
      method: level === undefined ? 0 : 8,
      crc: crc32(bytes),
      compressed: content.byteLength,
      size: bytes.byteLength,
      offset,
    };
    const isWide = Math.max(entry.compressed, entry.size) >= limit32;
    const wide = zip64Extra(isWide ? [entry.size, entry.compressed] : []);
    const before = offset + 30 + entry.name.byteLength + wide.byteLength;
    const header = localHeader(entry, Buffer.concat([wide, paddingExtra(before, alignment)]), isWide);
    yield header;
    yield content;
    placed.push(entry);
    offset += header.byteLength + content.byteLength;
  }
  const directory = placed.map(directoryEntry);
  yield* directory;
  const directoryBytes = directory.reduce((sum, entry) => sum + entry.byteLength, 0);
  yield endOfDirectory(placed.length, directoryBytes, offset);
}
