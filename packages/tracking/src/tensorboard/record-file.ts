import { maskedCrc32c } from './crc32c.js';

/**
 * A record as event files hold it: length (8 bytes), its checksum (4), data, their checksum (4), the lowest byte first.
 *
 * @see TensorFlow: tensorflow/core/lib/io/record_writer.h
 */
export function encodeRecord(data: Uint8Array): Uint8Array {
  const record = Buffer.alloc(data.byteLength + 16);
  record.writeBigUInt64LE(BigInt(data.byteLength), 0);
  record.writeUInt32LE(maskedCrc32c(record.subarray(0, 8)), 8);
  record.set(data, 12);
  record.writeUInt32LE(maskedCrc32c(data), 12 + data.byteLength);
  return record;
}

/** The records of a file that are whole, and where the last of them ends: a killed process may leave a part after it. */
export function decodeRecords(bytes: Uint8Array): { records: Uint8Array[]; end: number } {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const records: Uint8Array[] = [];
  let end = 0;
  while (
    end + 16 <= buffer.byteLength &&
    buffer.readUInt32LE(end + 8) === maskedCrc32c(buffer.subarray(end, end + 8))
  ) {
    const length = Number(buffer.readBigUInt64LE(end));
    const after = end + 16 + length;
    const data = buffer.subarray(end + 12, end + 12 + length);
    if (after > buffer.byteLength || buffer.readUInt32LE(after - 4) !== maskedCrc32c(data)) {
      break;
    }
    records.push(data);
    end = after;
  }
  return { records, end };
}
