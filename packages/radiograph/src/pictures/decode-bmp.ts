import { pictureOf, unreadable, type Picture } from './picture.js';

const fileHeaderBytes = 14;
/** Headers by size: BITMAPINFOHEADER, then those with masks and colour spaces behind it. */
const infoHeaderSizes = [40, 52, 56, 108, 124];
const [uncompressed, bitFields] = [0, 3];
/** As many pixels as other pictures may have. */
const mostPixels = 2 ** 30;

interface Layout {
  width: number;
  height: number;
  bits: number;
  topDown: boolean;
  pixelsAt: number;
  rowBytes: number;
  palette: Uint8Array;
  hasAlpha: boolean;
}

/**
 * Decodes an uncompressed BMP of 1, 4, 8, 24 or 32 bits a pixel, as Pillow does: a palette that is a ramp of greys gives grey
 * (0 and `white` where it has two), another gives RGB; 32 bits give RGB, or RGBA where the header says that the fourth is alpha.
 *
 * @throws RadiographError `picture-unreadable`
 */
export function decodeBmp(bytes: Uint8Array, file: string, white: 1 | 255 = 1): Picture {
  const layout = layOut(bytes, file);
  const { width, height, bits, topDown, pixelsAt, rowBytes, palette, hasAlpha } = layout;
  const rowAt = (y: number) => pixelsAt + (topDown ? y : height - 1 - y) * rowBytes;
  if (bits > 8) {
    const channels = hasAlpha ? 4 : 3;
    const data = new Uint8Array(width * height * channels);
    for (let y = 0, to = 0; y < height; y += 1) {
      for (let x = 0, at = rowAt(y); x < width; x += 1, to += channels, at += bits / 8) {
        data[to] = bytes[at + 2];
        data[to + 1] = bytes[at + 1];
        data[to + 2] = bytes[at];
        if (hasAlpha) {
          data[to + 3] = bytes[at + 3];
        }
      }
    }
    return pictureOf(data, height, width, channels);
  }
  const indices = new Uint8Array(width * height);
  for (let y = 0, to = 0; y < height; y += 1) {
    for (let x = 0, bit = 0; x < width; x += 1, to += 1, bit += bits) {
      indices[to] = (bytes[rowAt(y) + (bit >> 3)] >> (8 - bits - (bit & 7))) & ((1 << bits) - 1);
    }
  }
  const colours = palette.length / 4;
  if (indices.some((index) => index >= colours)) {
    throw unreadable(file, `a pixel is outside its palette of ${colours}`);
  }
  if (isGreyRamp(palette)) {
    if (colours === 2 && white !== 1) {
      for (const [i, index] of indices.entries()) {
        indices[i] = index * white;
      }
    }
    return pictureOf(indices, height, width, 1);
  }
  const data = new Uint8Array(width * height * 3);
  for (const [i, index] of indices.entries()) {
    for (let channel = 0; channel < 3; channel += 1) {
      data[i * 3 + channel] = palette[index * 4 + 2 - channel];
    }
  }
  return pictureOf(data, height, width, 3);
}

/** Black and white, or grey levels that are their own indices. */
function isGreyRamp(palette: Uint8Array): boolean {
  const colours = palette.length / 4;
  for (let i = 0; i < colours; i += 1) {
    const level = colours === 2 ? i * 255 : i;
    for (let channel = 0; channel < 3; channel += 1) {
      if (palette[i * 4 + channel] !== level) {
        return false;
      }
    }
  }
  return true;
}

function layOut(bytes: Uint8Array, file: string): Layout {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < fileHeaderBytes + 40) {
    throw unreadable(file, `its ${bytes.byteLength} bytes are no BMP`);
  }
  const headerBytes = view.getUint32(14, true);
  if (!infoHeaderSizes.includes(headerBytes)) {
    throw unreadable(file, `its BMP header of ${headerBytes} bytes is not known`);
  }
  const width = view.getInt32(18, true);
  const signedHeight = view.getInt32(22, true);
  const height = Math.abs(signedHeight);
  const bits = view.getUint16(28, true);
  const compression = view.getUint32(30, true);
  if (width < 1 || height < 1 || width * height > mostPixels) {
    throw unreadable(file, `its size is ${width} x ${signedHeight} pixels`);
  }
  if (![1, 4, 8, 24, 32].includes(bits)) {
    throw unreadable(file, `it has ${bits} bits a pixel`);
  }
  const masked = compression === bitFields && bits === 32;
  if (compression !== uncompressed && !masked) {
    throw unreadable(file, `its BMP compression ${compression} is not read`);
  }
  const masksAt = fileHeaderBytes + 40;
  const lastHeaderByte = masksAt + (masked ? Math.max(12, headerBytes - 40) : headerBytes - 40);
  if (lastHeaderByte > bytes.byteLength) {
    throw unreadable(file, 'it is cut off');
  }
  const usualMasks = [0xff0000, 0xff00, 0xff];
  if (masked && !usualMasks.every((mask, i) => view.getUint32(masksAt + i * 4, true) === mask)) {
    throw unreadable(file, 'its colour masks are not those of blue, green, red');
  }
  const hasAlpha = masked && headerBytes >= 56 && view.getUint32(masksAt + 12, true) === 0xff000000;

  const declared = view.getUint32(46, true);
  const colours = bits > 8 ? 0 : declared === 0 ? 2 ** bits : declared;
  const pixelsAt = view.getUint32(10, true);
  const paletteAt = fileHeaderBytes + headerBytes;
  const rowBytes = Math.ceil((width * bits) / 32) * 4;
  if (colours > 256 || paletteAt + colours * 4 > pixelsAt) {
    throw unreadable(file, `its palette of ${colours} colours does not fit before its pixels`);
  }
  if (pixelsAt + rowBytes * height > bytes.byteLength) {
    throw unreadable(file, `${width} x ${height} pixels of ${bits} bits do not fit its ${bytes.byteLength} bytes`);
  }
  const palette = bytes.subarray(paletteAt, paletteAt + colours * 4);
  return { width, height, bits, topDown: signedHeight < 0, pixelsAt, rowBytes, palette, hasAlpha };
}
