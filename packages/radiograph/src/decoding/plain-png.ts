import { crc32 } from 'node:zlib';
import { pngSignature } from './png-size.js';

/** Places in a PNG's first chunk, the header (PNG specification, 11.2.2). */
const header = { type: 12, bits: 24, colourType: 25, end: 29 } as const;
const [grey, palette] = [0, 3];

/**
 * A copy of a PNG with a palette that says of its indices that they are grey levels, so that libvips hands them out: it looks
 * colours up by itself. Of any other file the bytes are returned as they came.
 *
 * @returns `step` is what libvips multiplies the indices by: it stretches levels of 1, 2 and 4 bits to 255.
 */
export function plainPng(original: Buffer): { bytes: Buffer; step: number } {
  if (!original.subarray(0, 8).equals(pngSignature) || original[header.colourType] !== palette) {
    return { bytes: original, step: 1 };
  }
  const front = Buffer.from(original.subarray(0, header.end + 4));
  front[header.colourType] = grey;
  front.writeUInt32BE(crc32(front.subarray(header.type, header.end)), header.end);
  const pieces: Uint8Array[] = [front];
  for (let at = front.length; at + 8 <= original.length;) {
    const end = Math.min(at + original.readUInt32BE(at) + 12, original.length);
    const type = original.subarray(at + 4, at + 8).toString('latin1');
    // A palette, its transparency and its background mean nothing of grey levels.
    if (!['PLTE', 'tRNS', 'bKGD', 'hIST', 'sBIT'].includes(type)) {
      pieces.push(original.subarray(at, end));
    }
    at = end;
  }
  const levels = 2 ** original[header.bits] - 1;
  return { bytes: Buffer.concat(pieces), step: 255 / Math.max(levels, 1) };
}
