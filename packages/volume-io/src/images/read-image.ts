import { readFile } from 'node:fs/promises';
import { arrayClasses, decodeFloat16, fileError, viewElements, type NumberType } from '@fractura/array-files';
import sharp from 'sharp';
import { decodeBmp } from './decode-bmp.js';
import { pictureOf, unreadable, type Picture } from './picture.js';
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
 * @throws VolumeIoError `picture-unreadable`, naming the file; also for TIFF files of several pictures, and for inks (CMYK).
 * @throws ArrayFilesError `file-not-found`, `file-unreadable`
 */
export async function readImage(file: string): Promise<Picture> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw fileError(file, cause);
  });
  if (bytes.subarray(0, 2).toString('latin1') === 'BM') return decodeBmp(bytes, file);
  try {
    return await decode(bytes);
  } catch (cause) {
    const [reason] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    throw unreadable(file, reason.replace(/\.$/, ''), cause);
  }
}

async function decode(original: Buffer): Promise<Picture> {
  const { bytes, stored } = plainTiff(original);
  const image = sharp(bytes, { failOn: 'warning', limitInputPixels: mostPixels, ignoreIcc: true });
  const { depth, channels: decoded, pages = 1, bitsPerSample, space } = await image.metadata();
  const kept = (Object.keys(sampleTypes) as (keyof typeof sampleTypes)[]).find((known) => known === depth);
  const channels = channelsOfPng(bytes) ?? decoded;
  const halfFloats = kept === 'float' && bitsPerSample === 16;
  const colourless = kept !== undefined && kept !== 'uchar' && kept !== 'ushort' && kept !== 'float';
  if (kept === undefined || halfFloats || (colourless && channels > 1))
    throw new Error(`its ${channels} samples a pixel are of the type ${halfFloats ? 'float16' : depth}`);
  if (pages > 1) throw new Error(`it holds ${pages} pictures`);
  if (channels === 2) throw new Error('it has two channels, grey and alpha');
  if (space === 'cmyk') throw new Error('it has inks (CMYK) for channels');
  // A transparent colour of a PNG comes as an alpha channel that nobody stored.
  if (channels < decoded) image.removeAlpha();
  // Left to itself, libvips turns grey into RGB, and 16 bits into 8.
  if (kept === 'uchar') image.toColourspace(channels === 1 ? 'b-w' : 'srgb');
  else if (kept === 'ushort') image.toColourspace(channels === 1 ? 'grey16' : 'rgb16');
  else if (channels === 1) image.extractChannel(0);
  const { data, info } = await image.raw({ depth: kept }).toBuffer({ resolveWithObject: true });
  const type = stored === 'int16' ? 'int16' : sampleTypes[kept];
  const count = data.byteLength / arrayClasses[type].BYTES_PER_ELEMENT;
  const samples = viewElements(type, data, 0, count) as Picture['data'];
  if (bitsPerSample === 1 && channels === 1)
    for (let i = 0; i < samples.length; i += 1) samples[i] = samples[i] === 0 ? 0 : 1;
  const numbers = stored === 'float16' ? decodeFloat16(samples as Uint16Array) : samples;
  return pictureOf(numbers, info.height, info.width, info.channels);
}

/** Channels that a PNG stores, by its colour type (PNG specification, 11.2.2); a palette stands for RGB. */
function channelsOfPng(bytes: Buffer): number | undefined {
  if (bytes.subarray(1, 4).toString('latin1') !== 'PNG') return undefined;
  return ({ 0: 1, 2: 3, 3: 3, 4: 2, 6: 4 } as Record<number, number>)[bytes[25]];
}
