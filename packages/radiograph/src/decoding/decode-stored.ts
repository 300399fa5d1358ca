import { arrayClasses, decodeFloat16, viewElements, type NumberType } from '@fractura/array-files';
import { storedImage, type StoredImage } from '../images/stored-image.js';
import { checkDecodedSize } from './decoded-size.js';
import type { SizeLimit } from '../images/size-limit.js';
import { loadSharp } from './load-sharp.js';
import { plainPng } from './plain-png.js';
import { plainTiff } from './plain-tiff.js';

/** libvips' names of sample types, and ours. */
const sampleTypes = {
  uchar: 'uint8',
  char: 'int8',
  ushort: 'uint16',
  uint: 'uint32',
  int: 'int32',
  float: 'float32',
  double: 'float64',
} as const satisfies Record<string, NumberType>;

/** What stored numbers become. */
export interface DecodeOptions {
  /** What pixels of one bit become that are set: 1, or 255 for grey levels as Pillow's `convert('L')` gives. Default 1. */
  white?: 1 | 255;
  /** What a PNG with a palette gives: RGB (default), or its indices, as labels are stored. */
  palette?: 'colours' | 'indices';
}

/**
 * Decodes a PNG, TIFF or JPEG to the numbers that are in the file: no colour profile, gamma, orientation or transparent colour.
 *
 * @param options `page` of a TIFF, from 0, without which a file of several pages is refused.
 * @throws RadiographError `image-too-large`
 * @throws Error whose message is the end of a sentence about the file.
 */
export async function decodeStored(
  original: Buffer,
  file: string,
  { page, white = 1, palette = 'colours', ...limit }: SizeLimit & DecodeOptions & { page?: number } = {},
): Promise<StoredImage> {
  const { bytes: numbersKept, stored } = plainTiff(original, page);
  const { bytes, step } = palette === 'indices' ? plainPng(numbersKept) : { bytes: numbersKept, step: 1 };
  const sharp = await loadSharp();
  const image = sharp(bytes, {
    failOn: 'warning',
    limitInputPixels: false,
    ignoreIcc: true,
    page,
  });
  const metadata = await image.metadata();
  checkDecodedSize(file, bytes, metadata, limit);
  const { depth, channels: decoded, pages = 1, bitsPerSample, space } = metadata;
  const kept = (Object.keys(sampleTypes) as (keyof typeof sampleTypes)[]).find((known) => known === depth);
  const channels = channelsOfPng(bytes) ?? decoded;
  const halfFloats = kept === 'float' && bitsPerSample === 16;
  const colourless =
    kept !== undefined && kept !== 'uchar' && kept !== 'ushort' && kept !== 'float' && kept !== 'double';
  if (kept === undefined || halfFloats || (colourless && channels > 1)) {
    throw new Error(`its ${channels} samples a pixel are of the type ${halfFloats ? 'float16' : depth}`);
  }
  if (page === undefined && pages > 1) {
    throw new Error(`it holds ${pages} images`);
  }
  if (channels === 2) {
    throw new Error('it has two channels, grey and alpha');
  }
  if (space === 'cmyk') {
    throw new Error('its channels are inks (CMYK)');
  }
  // A transparent colour of a PNG comes as an alpha channel that nobody stored.
  if (channels < decoded) {
    image.removeAlpha();
  }
  // Left to itself, libvips turns grey into RGB, and 16 bits into 8.
  if (kept === 'uchar') {
    image.toColourspace(channels === 1 ? 'b-w' : 'srgb');
  } else if (kept === 'ushort') {
    image.toColourspace(channels === 1 ? 'grey16' : 'rgb16');
  } else if (channels === 1) {
    image.extractChannel(0);
  }
  const { data, info } = await image.raw({ depth: kept }).toBuffer({ resolveWithObject: true });
  const type = stored === 'int16' ? 'int16' : sampleTypes[kept];
  const count = data.byteLength / arrayClasses[type].BYTES_PER_ELEMENT;
  const elements = viewElements(type, data, 0, count);
  const samples = (elements instanceof Float64Array ? Float32Array.from(elements) : elements) as StoredImage['data'];
  if (step !== 1) {
    for (let i = 0; i < samples.length; i += 1) {
      samples[i] /= step;
    }
  } else if (bitsPerSample === 1 && channels === 1) {
    for (let i = 0; i < samples.length; i += 1) {
      samples[i] = samples[i] === 0 ? 0 : white;
    }
  }
  const numbers = stored === 'float16' ? decodeFloat16(samples as Uint16Array) : samples;
  return storedImage(numbers, info.height, info.width, info.channels);
}

/** Channels that a PNG stores, by its colour type (PNG specification, 11.2.2); a palette stands for RGB. */
function channelsOfPng(bytes: Buffer): number | undefined {
  if (bytes.subarray(1, 4).toString('latin1') !== 'PNG') {
    return undefined;
  }
  return ({ 0: 1, 2: 3, 3: 3, 4: 2, 6: 4 } as Record<number, number>)[bytes[25]];
}
