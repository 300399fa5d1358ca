import { extname } from 'node:path';
import { writeFileBeside, type WriteFileOptions } from '@fractura/array-files';
import { loadSharp } from './decoding/load-sharp.js';
import { encodeBmp } from './encoding/encode-bmp.js';
import { RadiographError } from './errors.js';
import type { StoredPixels } from './images/stored-image.js';

/** An image that can be written. */
interface WritableImage {
  data: Uint8Array | Uint16Array;
  height: number;
  width: number;
  channels: 1 | 3 | 4;
}

/**
 * Writes an image without loss, PNG, TIFF or BMP by the ending of the file, beside its place and renamed.
 *
 * @param image `data` row by row, 8 or 16 bit; `shape` `[height, width]`, or with 3 (RGB) or 4 (RGBA) channels. BMP holds
 *   8 bits, grey or RGB.
 * @param options `signal` stops the writing; `flush: false` does not wait for the disk.
 * @throws RadiographError `image-invalid` where data and shape do not fit, or the ending is another.
 * @throws ArrayFilesError `file-unwritable`
 */
export async function writeImage(file: string, image: StoredPixels, options: WriteFileOptions = {}): Promise<void> {
  const writable = checkImage(file, image);
  const ending = extname(file).toLowerCase();
  if (ending === '.bmp') {
    await writeFileBeside(file, encodeAsBmp(file, writable), options);
    return;
  }
  if (!['.png', '.tif', '.tiff'].includes(ending)) {
    throw invalidImage(file, `its ending is "${ending}"`, 'End it in .png, .tif, .tiff or .bmp.');
  }
  const { data, height, width, channels } = writable;
  const deep = data instanceof Uint16Array;
  const sharp = await loadSharp();
  const pixels = sharp(data, { raw: { height, width, channels } }).toColourspace(
    channels === 1 ? (deep ? 'grey16' : 'b-w') : deep ? 'rgb16' : 'srgb',
  );
  const encoded = ending === '.png' ? pixels.png() : pixels.tiff({ compression: 'deflate' });
  await writeFileBeside(file, await encoded.toBuffer(), options);
}

function checkImage(file: string, { data, shape }: StoredPixels): WritableImage {
  const [height, width, channels = 1] = shape;
  if (
    shape.length < 2 ||
    shape.length > 3 ||
    ![height, width].every((side) => Number.isSafeInteger(side) && side > 0)
  ) {
    throw invalidImage(
      file,
      `its shape is [${shape.join(', ')}]`,
      'Give height and width, and channels where there are several.',
    );
  }
  if (channels !== 1 && channels !== 3 && channels !== 4) {
    throw invalidImage(file, `it has ${channels} channels`, 'Give one channel, three (RGB) or four (RGBA).');
  }
  if (data.length !== height * width * channels) {
    throw invalidImage(
      file,
      `${data.length} samples do not fill ${shape.join(' x ')}`,
      'Give one sample for each channel.',
    );
  }
  if (!(data instanceof Uint8Array || data instanceof Uint16Array)) {
    throw invalidImage(file, 'its samples are neither of 8 nor of 16 bits', 'Round them to such, or write NIfTI.');
  }
  return { data, height, width, channels };
}

function encodeAsBmp(file: string, { data, height, width, channels }: WritableImage): Uint8Array {
  if (data instanceof Uint16Array || channels === 4) {
    throw invalidImage(file, 'BMP holds 8-bit grey or RGB', 'Write PNG or TIFF instead.');
  }
  return encodeBmp(data, height, width, channels);
}

const invalidImage = (file: string, what: string, remedy: string) =>
  new RadiographError(`${file} cannot be written: ${what}.`, { code: 'image-invalid', remedy });
