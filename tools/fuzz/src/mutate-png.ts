import { crc32 } from 'node:zlib';
import { mutate, type Draw } from '@fractura/testing';
import { trapNumbers } from './traps.js';

interface Chunk {
  type: string;
  data: Buffer;
}

/** A PNG with changed header fields or chunks, whose checksums are right. */
export function mutatePng(sound: Uint8Array, draw: Draw): Uint8Array {
  const chunks = chunksOf(Buffer.from(sound));
  for (let change = draw(3); change >= 0; change -= 1) {
    const at = draw(chunks.length);
    const chunk = chunks[at];
    switch (draw(5)) {
      case 0:
        chunks[0].data.writeUInt32BE(trapNumbers[draw(trapNumbers.length)], 4 * draw(2));
        break;
      case 1:
        chunks[0].data[8 + draw(5)] = draw(20);
        break;
      case 2:
        chunks.splice(at, draw(2), { ...chunk }, chunks[draw(chunks.length)]);
        break;
      case 3:
        chunk.data = Buffer.from(chunk.data.length > 0 ? mutate(chunk.data, draw) : chunk.data);
        break;
      default:
        chunk.type = ['IHDR', 'IDAT', 'PLTE', 'tRNS', 'iCCP', 'gAMA', 'eXIf', 'IEND', 'acTL'][draw(9)];
    }
    if (chunks[0].data.length < 13) {
      chunks[0].data = Buffer.concat([chunks[0].data, Buffer.alloc(13)]);
    }
  }
  return Buffer.concat([Buffer.from(sound.subarray(0, 8)), ...chunks.map(encode)]);
}

function chunksOf(bytes: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 8 + bytes.readUInt32BE(at);
    chunks.push({
      type: bytes.subarray(at + 4, at + 8).toString('latin1'),
      data: Buffer.from(bytes.subarray(at + 8, end)),
    });
    at = end + 4;
  }
  return chunks;
}

function encode({ type, data }: Chunk): Buffer {
  const chunk = Buffer.alloc(data.length + 12);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write(type, 4, 'latin1');
  chunk.set(data, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, data.length + 8)), data.length + 8);
  return chunk;
}

/** A PNG of a header and its compressed data. */
export const encodePng = (header: Buffer, compressed: Buffer): Uint8Array =>
  Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    encode({ type: 'IHDR', data: header }),
    encode({ type: 'IDAT', data: compressed }),
    encode({ type: 'IEND', data: Buffer.alloc(0) }),
  ]);
