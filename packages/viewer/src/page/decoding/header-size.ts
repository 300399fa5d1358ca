/** What the header of an image says before it is decoded. */
export interface HeaderSize {
  width: number;
  height: number;
  /** Colour components of a pixel; of JPEG alone. */
  components?: number;
}

/** Size of a PNG, from its first chunk (PNG specification, 11.2.2). */
export function pngHeaderSize(bytes: Uint8Array): HeaderSize | undefined {
  if (bytes.length < 24) {
    return undefined;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** Size of a JPEG, from its frame header (ITU-T T.81, B.2.2); undefined where none is found. */
export function jpegHeaderSize(bytes: Uint8Array): HeaderSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 10 <= bytes.length;) {
    const marker = bytes[at + 1];
    if (bytes[at] !== 0xff) {
      return undefined;
    }
    // Markers without a segment, and bytes that fill up before a marker.
    if (marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7), components: bytes[at + 9] };
    }
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}
