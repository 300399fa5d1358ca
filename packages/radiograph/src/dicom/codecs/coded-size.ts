/** What the header of a compressed frame claims. */
export interface CodedSize {
  width: number;
  height: number;
  channels: number;
  /** Bits of a sample. */
  precision: number;
}

/** Markers (ITU-T T.81, T.87, T.800): start of image, of scan; size of a codestream; application data 14. */
const [startOfImage, startOfScan, startOfCodestream, size] = [0xd8, 0xda, 0x4f, 0x51];

/** Markers that begin a frame: 0xc0 to 0xcf without tables and conditioning, and that of JPEG-LS. */
const beginsFrame = (marker: number) =>
  marker === 0xf7 || (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker));

/**
 * The segments of a JPEG or JPEG-LS image before its first scan.
 *
 * @returns `at` is where a segment's marker stands, `data` what follows its length.
 */
export function* jpegSegments(bytes: Uint8Array): Generator<{ marker: number; at: number; data: Uint8Array }> {
  if (bytes[0] !== 0xff || bytes[1] !== startOfImage) {
    return;
  }
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1];
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = (bytes[at + 2] << 8) | bytes[at + 3];
    yield { marker, at, data: bytes.subarray(at + 4, at + 2 + length) };
    if (marker === startOfScan) {
      return;
    }
    at += 2 + length;
  }
}

/** Bytes that programs put behind the end of an image. */
const longestTrailer = 64;

/** Whether the end of an image (0xff, 0xd9) stands where a JPEG or JPEG-LS image ends. */
export function endsAsJpeg(bytes: Uint8Array): boolean {
  const first = Math.max(0, bytes.length - longestTrailer);
  for (let at = bytes.length - 2; at >= first; at -= 1) {
    if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) {
      return true;
    }
  }
  return false;
}

/** Size of a JPEG or JPEG-LS image, undefined where it has none. */
export function codedSizeOfJpeg(bytes: Uint8Array): CodedSize | undefined {
  for (const { marker, data } of jpegSegments(bytes)) {
    if (beginsFrame(marker) && data.length >= 6) {
      const [precision, high, low, left, right, channels] = data;
      return { precision, height: (high << 8) | low, width: (left << 8) | right, channels };
    }
  }
  return undefined;
}

/** Size of a JPEG 2000 codestream (ITU-T T.800, A.5.1), also one in a JP2 file; undefined where it has none. */
export function codedSizeOfJpeg2000(bytes: Uint8Array): CodedSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const last = Math.min(bytes.length - 44, 4096);
  for (let at = 0; at <= last; at += 1) {
    if (view.getUint32(at) === (0xff000000 | (startOfCodestream << 16) | 0xff00 | size) >>> 0) {
      const [right, bottom, left, top] = [8, 12, 16, 20].map((offset) => view.getUint32(at + offset));
      const [channels, depth] = [view.getUint16(at + 40), bytes[at + 42]];
      return { width: right - left, height: bottom - top, channels, precision: (depth & 0x7f) + 1 };
    }
  }
  return undefined;
}
