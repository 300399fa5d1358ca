/** Sizes of a PNG, in bytes. */
export interface PngSize {
  /** Of its rows when decompressed. */
  pixelBytes: number;
  /** Of its compressed data. */
  compressedBytes: number;
}

/** Samples a pixel, by colour type (PNG specification, 11.2.2). */
const samplesOfType: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** The first eight bytes of a PNG. */
export const pngSignature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const firstChunk = 8;
/** Length and type before a chunk's data, a checksum behind it. */
const [chunkFront, chunkBack] = [8, 4];

/** What a PNG's header claims and its data chunks hold; undefined for other files. */
export function sizeOfPng(bytes: Buffer): PngSize | undefined {
  if (!bytes.subarray(0, firstChunk).equals(pngSignature) || bytes.length < 33) {
    return undefined;
  }
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const bits = bytes[24] * (samplesOfType[bytes[25]] ?? 1);
  let compressedBytes = 0;
  for (let at = firstChunk; at + chunkFront <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    if (bytes.subarray(at + 4, at + chunkFront).toString('latin1') === 'IDAT') {
      compressedBytes += Math.min(length, bytes.length - at - chunkFront);
    }
    at += chunkFront + length + chunkBack;
  }
  return { pixelBytes: Math.ceil((width * bits) / 8) * height, compressedBytes };
}
