import { storedImage, type StoredImage } from '../images/stored-image.js';
import { unreadableImage } from '../images/unreadable-image.js';
import type { SizeLimit } from '../images/size-limit.js';
import type { DecodeOptions } from './decode-stored.js';
import { readBmpLayout, type BmpLayout } from './bmp-layout.js';

/**
 * Decodes an uncompressed BMP of 1, 4, 8, 24 or 32 bits a pixel, as Pillow does: a palette that is a ramp of greys gives grey
 * (0 and `white` where it has two), another gives RGB; 32 bits give RGB, or RGBA where the header says that the fourth is alpha.
 *
 * @throws RadiographError `image-unreadable`, `image-too-large`
 */
export function decodeBmp(
  bytes: Uint8Array,
  file: string,
  { white = 1, palette = 'colours', ...limit }: SizeLimit & DecodeOptions = {},
): StoredImage {
  const layout = readBmpLayout(bytes, file, limit);
  const { width, height } = layout;
  const channels = channelsOfBmp(layout);
  if (layout.bits > 8) {
    return storedImage(decodeColours(bytes, layout), height, width, channels);
  }
  const indices = decodeIndices(bytes, layout);
  const colours = layout.palette.length / 4;
  if (indices.some((index) => index >= colours)) {
    throw unreadableImage(file, `a pixel is outside its palette of ${colours}`);
  }
  if (palette === 'indices') {
    return storedImage(indices, height, width, 1);
  }
  if (channels === 3) {
    return storedImage(lookUpColours(indices, layout.palette), height, width, channels);
  }
  const grey = colours === 2 ? indices.map((index) => index * white) : indices;
  return storedImage(grey, height, width, channels);
}

/** Channels of the decoded image: 1 for a palette of greys, 3 for RGB, 4 with alpha. */
export function channelsOfBmp({ bits, hasAlpha, palette }: BmpLayout): 1 | 3 | 4 {
  if (bits > 8) {
    return hasAlpha ? 4 : 3;
  }
  return isGreyRamp(palette) ? 1 : 3;
}

/** First byte of each row, from the top down. */
const rowStart = ({ pixelsAt, topDown, height, rowBytes }: BmpLayout, y: number) =>
  pixelsAt + (topDown ? y : height - 1 - y) * rowBytes;

/** RGB or RGBA of pixels that are stored as blue, green, red and perhaps a fourth byte. */
function decodeColours(bytes: Uint8Array, layout: BmpLayout): Uint8Array {
  const { width, height, bits, hasAlpha } = layout;
  const channels = hasAlpha ? 4 : 3;
  const data = new Uint8Array(width * height * channels);
  for (let y = 0, to = 0; y < height; y += 1) {
    for (let x = 0, at = rowStart(layout, y); x < width; x += 1, to += channels, at += bits / 8) {
      data[to] = bytes[at + 2];
      data[to + 1] = bytes[at + 1];
      data[to + 2] = bytes[at];
      if (hasAlpha) {
        data[to + 3] = bytes[at + 3];
      }
    }
  }
  return data;
}

/** Palette indices; a byte holds 8, 2 or 1 of them, the leftmost pixel in the highest bits. */
function decodeIndices(bytes: Uint8Array, layout: BmpLayout): Uint8Array {
  const { width, height, bits } = layout;
  const indices = new Uint8Array(width * height);
  for (let y = 0, to = 0; y < height; y += 1) {
    const row = rowStart(layout, y);
    for (let x = 0, bit = 0; x < width; x += 1, to += 1, bit += bits) {
      indices[to] = (bytes[row + (bit >> 3)] >> (8 - bits - (bit & 7))) & ((1 << bits) - 1);
    }
  }
  return indices;
}

function lookUpColours(indices: Uint8Array, palette: Uint8Array): Uint8Array {
  const data = new Uint8Array(indices.length * 3);
  for (const [i, index] of indices.entries()) {
    for (let channel = 0; channel < 3; channel += 1) {
      data[i * 3 + channel] = palette[index * 4 + 2 - channel];
    }
  }
  return data;
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
