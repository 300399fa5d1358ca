import { readFile } from 'node:fs/promises';
import { fileError } from '@fractura/array-files';
import { decodeBmp } from './decode-bmp.js';
import { pictureOf, unreadable, type Picture, type PictureSamples } from './picture.js';
import { loadSharp } from './load-sharp.js';
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
    throw unreadable(file, reasonOf(cause), cause);
  }
}

/**
 * Reads the pages of a TIFF file, one slice each, as nnU-Net's Tiff3DIO does; grey only, with the numbers that are in the file.
 *
 * @returns samples slice by slice, `[slices, height, width]`.
 * @throws VolumeIoError `picture-unreadable`, naming the file; also where pages differ in size or type.
 * @throws ArrayFilesError `file-not-found`, `file-unreadable`
 */
export async function readImageStack(file: string): Promise<PictureSamples> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw fileError(file, cause);
  });
  try {
    const sharp = await loadSharp();
    const { pages: count = 1 } = await sharp(bytes, { limitInputPixels: mostPixels }).metadata();
    const first = await decode(bytes, 0);
    if (first.shape.length !== 2) throw new Error('its pages are not grey');
    const voxels = first.data.length;
    const stack = new (first.data.constructor as Uint8ArrayConstructor)(voxels * count) as Picture['data'];
    for (let page = 0; page < count; page += 1) {
      const { data, shape } = page === 0 ? first : await decode(bytes, page);
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

async function decode(bytes: Buffer, page?: number): Promise<Picture> {
  const sharp = await loadSharp();
  const image = sharp(bytes, {
    ...{ failOn: 'warning', limitInputPixels: mostPixels, ignoreIcc: true },
    ...(page === undefined ? {} : { page }),
  });
  const { depth, channels, pages = 1, bitsPerSample } = await image.metadata();
  const kept = (['uchar', 'ushort', 'float'] as const).find((known) => known === depth);
  if (kept === undefined) throw new Error(`its samples are of the type ${depth}`);
  if (page === undefined && pages > 1) throw new Error(`it holds ${pages} pictures`);
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
