import { unreadableImage } from '../images/unreadable-image.js';
import { checkPixels, type SizeLimit } from '../images/size-limit.js';

const fileHeaderBytes = 14;
/** Headers by size: BITMAPINFOHEADER, then those with masks and colour spaces behind it. */
const infoHeaderSizes = [40, 52, 56, 108, 124];
const [uncompressed, bitFields] = [0, 3];

/** Where and how a BMP stores its pixels. */
export interface BmpLayout {
  width: number;
  height: number;
  /** Bits a pixel: 1, 4, 8, 24 or 32. */
  bits: number;
  /** Rows from the top down; most files store the last row first. */
  topDown: boolean;
  /** Byte at which the pixels begin. */
  pixelsAt: number;
  rowBytes: number;
  /** Blue, green, red and an unused byte for each colour; empty where there is none. */
  palette: Uint8Array;
  hasAlpha: boolean;
}

/**
 * Reads the headers of an uncompressed BMP and checks that its pixels fit the file.
 *
 * @throws RadiographError `image-unreadable`, `image-too-large`
 */
export function readBmpLayout(bytes: Uint8Array, file: string, limit: SizeLimit = {}): BmpLayout {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < fileHeaderBytes + 40) {
    throw unreadableImage(file, `its ${bytes.byteLength} bytes are too few for a BMP`);
  }
  const headerBytes = view.getUint32(14, true);
  if (!infoHeaderSizes.includes(headerBytes)) {
    throw unreadableImage(file, `its BMP header of ${headerBytes} bytes is of an unknown kind`);
  }
  const width = view.getInt32(18, true);
  const signedHeight = view.getInt32(22, true);
  const height = Math.abs(signedHeight);
  const bits = view.getUint16(28, true);
  const compression = view.getUint32(30, true);
  if (width < 1 || height < 1) {
    throw unreadableImage(file, `its size is ${width} x ${signedHeight} pixels`);
  }
  if (![1, 4, 8, 24, 32].includes(bits)) {
    throw unreadableImage(file, `it has ${bits} bits a pixel`);
  }
  checkPixels(file, { width, height, bytes: Math.ceil(bits / 8) }, limit);
  const masked = compression === bitFields && bits === 32;
  if (compression !== uncompressed && !masked) {
    throw unreadableImage(file, `its BMP compression ${compression} is not supported`);
  }
  const masksAt = fileHeaderBytes + 40;
  const lastHeaderByte = masksAt + (masked ? Math.max(12, headerBytes - 40) : headerBytes - 40);
  if (lastHeaderByte > bytes.byteLength) {
    throw unreadableImage(file, 'it is cut off');
  }
  const usualMasks = [0xff0000, 0xff00, 0xff];
  if (masked && !usualMasks.every((mask, i) => view.getUint32(masksAt + i * 4, true) === mask)) {
    throw unreadableImage(file, 'its colour masks are not those of blue, green, red');
  }
  const hasAlpha = masked && headerBytes >= 56 && view.getUint32(masksAt + 12, true) === 0xff000000;

  const declared = view.getUint32(46, true);
  const colours = bits > 8 ? 0 : declared === 0 ? 2 ** bits : declared;
  const pixelsAt = view.getUint32(10, true);
  const paletteAt = fileHeaderBytes + headerBytes;
  const rowBytes = Math.ceil((width * bits) / 32) * 4;
  if (colours > 256 || paletteAt + colours * 4 > pixelsAt) {
    throw unreadableImage(file, `its palette of ${colours} colours does not fit before its pixels`);
  }
  if (pixelsAt + rowBytes * height > bytes.byteLength) {
    throw unreadableImage(file, `${width} x ${height} pixels of ${bits} bits do not fit its ${bytes.byteLength} bytes`);
  }
  const palette = bytes.subarray(paletteAt, paletteAt + colours * 4);
  return { width, height, bits, topDown: signedHeight < 0, pixelsAt, rowBytes, palette, hasAlpha };
}
