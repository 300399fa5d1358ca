const photometricTag = 262;
const paletteColour = 3;

/** True for a TIFF whose pixels are indices into a palette (TIFF 6.0, PhotometricInterpretation 3), which libvips does not tell. */
export function isPaletteTiff(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < 8) return false;
  const littleEndian = view.getUint16(0) === 0x4949;
  if (!littleEndian && view.getUint16(0) !== 0x4d4d) return false;
  if (view.getUint16(2, littleEndian) !== 42) return false;
  const directory = view.getUint32(4, littleEndian);
  if (directory + 2 > bytes.byteLength) return false;
  const entries = view.getUint16(directory, littleEndian);
  for (let at = directory + 2, entry = 0; entry < entries && at + 12 <= bytes.byteLength; entry += 1, at += 12)
    if (view.getUint16(at, littleEndian) === photometricTag)
      return view.getUint16(at + 8, littleEndian) === paletteColour;
  return false;
}
