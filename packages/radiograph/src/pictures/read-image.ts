import { readFile } from 'node:fs/promises';
import { arrayClasses, decodeFloat16, fileError, viewElements, type NumberType } from '@fractura/array-files';
import { decodeBmp } from './decode-bmp.js';
import { loadSharp } from './load-sharp.js';
import { pictureOf, unreadable, type Picture, type PictureSamples } from './picture.js';
import { plainTiff } from './plain-tiff.js';

/** As many pixels as a picture may have: 32768 x 32768. */
const mostPixels = 2 ** 30;

/** libvips' names of sample types, and ours. */
const sampleTypes = {
  uchar: 'uint8',
  char: 'int8',
  ushort: 'uint16',
  uint: 'uint32',
  int: 'int32',
  float: 'float32',
} as const satisfies Record<string, NumberType>;

/**
 * Reads a PNG, TIFF, BMP or JPEG picture with the numbers that are in the file, as nnU-Net's NaturalImage2DIO does: no colour
 * profile, gamma, EXIF orientation or transparent colour is applied. Palettes of PNG and BMP become RGB, those of TIFF stay
 * indices; pixels of one bit become 0 and 1.
 *
 * Differs from the reference: colour PNGs of 16 bits stay so, where Pillow halves them to 8.
 *
 * @param options `white`: what pixels of one bit become that are set: 1, or 255 for grey levels as Pillow's `convert('L')` gives.
 * @throws RadiographError `picture-unreadable`, naming the file; also for TIFF files of several pictures, and for inks (CMYK).
 * @throws ArrayFilesError `file-not-found`, `file-unreadable`
 */
export async function readImage(file: string, { white = 1 }: { white?: 1 | 255 } = {}): Promise<Picture> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw fileError(file, cause);
  });
  if (bytes.subarray(0, 2).toString('latin1') === 'BM') {
    return decodeBmp(bytes, file, white);
  }
  try {
    return await decode(bytes, { white });
  } catch (cause) {
    throw unreadable(file, reasonOf(cause), cause);
  }
}

/**
 * Reads the pages of a TIFF file, one slice each, as nnU-Net's Tiff3DIO does; grey only, with the numbers that are in the file.
 *
 * @returns samples slice by slice, `[slices, height, width]`.
 * @throws RadiographError `picture-unreadable`, naming the file; also where pages differ in size or type.
 * @throws ArrayFilesError `file-not-found`, `file-unreadable`
 */
export async function readImageStack(file: string): Promise<PictureSamples> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw fileError(file, cause);
  });
  try {
    const sharp = await loadSharp();
    const { pages: count = 1 } = await sharp(bytes, { limitInputPixels: mostPixels }).metadata();
    const first = await decode(bytes, { page: 0 });
    if (first.shape.length !== 2) {
      throw new Error('its pages are not grey');
    }
    const voxels = first.data.length;
    const stack = new (first.data.constructor as Uint8ArrayConstructor)(voxels * count) as Picture['data'];
    for (let page = 0; page < count; page += 1) {
      const { data, shape } = page === 0 ? first : await decode(bytes, { page });
      if (shape.join() !== first.shape.join() || data.constructor !== first.data.constructor) {
        throw new Error(`page ${page + 1} is of ${shape.join(' x ')} pixels, the first of ${first.shape.join(' x ')}`);
      }
      stack.set(data, page * voxels);
    }
    return { data: stack, shape: [count, ...first.shape] };
  } catch (cause) {
    throw unreadable(file, reasonOf(cause), cause);
  }
}

const reasonOf = (cause: unknown): string =>
  (cause instanceof Error ? cause.message : String(cause)).split('\n')[0].replace(/\.$/, '');

async function decode(original: Buffer, { page, white = 1 }: { page?: number; white?: 1 | 255 }): Promise<Picture> {
  const { bytes, stored } = page === undefined ? plainTiff(original) : { bytes: original, stored: undefined };
  const sharp = await loadSharp();
  const image = sharp(bytes, {
    failOn: 'warning',
    limitInputPixels: mostPixels,
    ignoreIcc: true,
    page,
  });
  const { depth, channels: decoded, pages = 1, bitsPerSample, space } = await image.metadata();
  const kept = (Object.keys(sampleTypes) as (keyof typeof sampleTypes)[]).find((known) => known === depth);
  const channels = channelsOfPng(bytes) ?? decoded;
  const halfFloats = kept === 'float' && bitsPerSample === 16;
  const colourless = kept !== undefined && kept !== 'uchar' && kept !== 'ushort' && kept !== 'float';
  if (kept === undefined || halfFloats || (colourless && channels > 1)) {
    throw new Error(`its ${channels} samples a pixel are of the type ${halfFloats ? 'float16' : depth}`);
  }
  if (page === undefined && pages > 1) {
    throw new Error(`it holds ${pages} pictures`);
  }
  if (channels === 2) {
    throw new Error('it has two channels, grey and alpha');
  }
  if (space === 'cmyk') {
    throw new Error('it has inks (CMYK) for channels');
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
  const samples = viewElements(type, data, 0, count) as Picture['data'];
  if (bitsPerSample === 1 && channels === 1) {
    for (let i = 0; i < samples.length; i += 1) {
      samples[i] = samples[i] === 0 ? 0 : white;
    }
  }
  const numbers = stored === 'float16' ? decodeFloat16(samples as Uint16Array) : samples;
  return pictureOf(numbers, info.height, info.width, info.channels);
}

/** Channels that a PNG stores, by its colour type (PNG specification, 11.2.2); a palette stands for RGB. */
function channelsOfPng(bytes: Buffer): number | undefined {
  if (bytes.subarray(1, 4).toString('latin1') !== 'PNG') {
    return undefined;
  }
  return ({ 0: 1, 2: 3, 3: 3, 4: 2, 6: 4 } as Record<number, number>)[bytes[25]];
}
