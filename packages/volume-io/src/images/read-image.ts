import { readFile } from 'node:fs/promises';
import { fileError } from '@fractura/array-files';
import sharp from 'sharp';
import { decodeBmp } from './decode-bmp.js';
import { pictureOf, unreadable, type Picture } from './picture.js';
import { isPaletteTiff } from './tiff-palette.js';

/** As many pixels as a picture may have: 32768 x 32768. */
const mostPixels = 2 ** 30;

/**
 * Reads a PNG, TIFF, BMP or JPEG picture with the numbers that are in the file, as nnU-Net's NaturalImage2DIO does: no colour
 * profile, gamma or EXIF orientation is applied. Palettes of PNG and BMP become RGB, those of TIFF are refused; pixels of one bit become 0 and 1.
 *
 * @throws VolumeIoError `picture-unreadable`, naming the file; also for TIFF files of several pictures.
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

async function decode(bytes: Buffer): Promise<Picture> {
  const image = sharp(bytes, { failOn: 'warning', limitInputPixels: mostPixels, ignoreIcc: true });
  const { depth, channels, pages = 1, bitsPerSample } = await image.metadata();
  const kept = (['uchar', 'ushort', 'float'] as const).find((known) => known === depth);
  if (kept === undefined) throw new Error(`its samples are of the type ${depth}`);
  if (pages > 1) throw new Error(`it holds ${pages} pictures`);
  if (channels === 2) throw new Error('it has two channels, grey and alpha');
  // Readers disagree whether its indices or its colours count.
  if (isPaletteTiff(bytes)) throw new Error('it is a TIFF with a palette');
  // Left to itself, libvips turns grey into RGB, and 16 bits into 8.
  if (kept === 'uchar') image.toColourspace(channels === 1 ? 'b-w' : 'srgb');
  else if (kept === 'ushort') image.toColourspace(channels === 1 ? 'grey16' : 'rgb16');
  else if (channels === 1) image.extractChannel(0);
  const { data, info } = await image.raw({ depth: kept }).toBuffer({ resolveWithObject: true });
  const samples = samplesOf(data, kept);
  if (bitsPerSample === 1 && channels === 1)
    for (let i = 0; i < samples.length; i += 1) samples[i] = samples[i] === 0 ? 0 : 1;
  return pictureOf(samples, info.height, info.width, info.channels);
}

function samplesOf(data: Buffer, depth: 'uchar' | 'ushort' | 'float'): Picture['data'] {
  if (depth === 'uchar') return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (depth === 'ushort') return new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2);
  return new Float32Array(data.buffer, data.byteOffset, data.byteLength / 4);
}
