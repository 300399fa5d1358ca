const fileHeaderBytes = 14;
const infoHeaderBytes = 40;

/** An uncompressed BMP: 8 bits with a palette of greys for one channel, 24 bits for three. */
export function encodeBmp(data: Uint8Array, height: number, width: number, channels: 1 | 3): Uint8Array {
  const paletteBytes = channels === 1 ? 1024 : 0;
  const pixelsAt = fileHeaderBytes + infoHeaderBytes + paletteBytes;
  const rowBytes = Math.ceil((width * channels) / 4) * 4;
  const bytes = Buffer.alloc(pixelsAt + rowBytes * height);
  bytes.write('BM', 'latin1');
  bytes.writeUInt32LE(bytes.byteLength, 2);
  bytes.writeUInt32LE(pixelsAt, 10);
  bytes.writeUInt32LE(infoHeaderBytes, 14);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(channels * 8, 28);
  bytes.writeUInt32LE(rowBytes * height, 34);
  for (let i = 0; i < paletteBytes / 4; i += 1) {
    bytes.fill(i, fileHeaderBytes + infoHeaderBytes + i * 4, fileHeaderBytes + infoHeaderBytes + i * 4 + 3);
  }
  // Rows go upwards, samples as blue, green, red.
  for (let y = 0, from = 0; y < height; y += 1) {
    const row = pixelsAt + (height - 1 - y) * rowBytes;
    for (let x = 0; x < width; x += 1, from += channels) {
      for (let channel = 0; channel < channels; channel += 1) {
        bytes[row + x * channels + channels - 1 - channel] = data[from + channel];
      }
    }
  }
  return bytes;
}
