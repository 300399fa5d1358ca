import { extname } from 'node:path';
import { writeBeside } from '@fractura/array-files';
import { RadiographError } from '../errors.js';
import { encodeBmp } from './encode-bmp.js';
import { loadSharp } from './load-sharp.js';
import type { PictureSamples } from './picture.js';

/**
 * Writes a picture without loss, PNG, TIFF or BMP by the ending of the file, beside its place and renamed.
 *
 * @param picture `data` row by row, 8 or 16 bit; `shape` `[height, width]`, or with 3 (RGB) or 4 (RGBA) channels. BMP holds
 *   8 bits, grey or RGB.
 * @throws RadiographError `picture-invalid` where data and shape do not fit, or the ending is another.
 * @throws ArrayFilesError `file-unwritable`
 */
export async function writeImage(
  file: string,
  { data, shape }: PictureSamples,
  { signal }: { signal?: AbortSignal } = {},
): Promise<void> {
  const [height, width, channels = 1] = shape;
  const ending = extname(file).toLowerCase();
  const invalid = (what: string, remedy: string) =>
    new RadiographError(`${file} cannot be written: ${what}.`, { code: 'picture-invalid', remedy });
  if (
    shape.length < 2 ||
    shape.length > 3 ||
    ![height, width].every((side) => Number.isSafeInteger(side) && side > 0)
  ) {
    throw invalid(`its shape is [${shape.join(', ')}]`, 'Give height and width, and channels where there are several.');
  }
  if (channels !== 1 && channels !== 3 && channels !== 4) {
    throw invalid(`it has ${channels} channels`, 'Give one channel, three (RGB) or four (RGBA).');
  }
  if (data.length !== height * width * channels) {
    throw invalid(`${data.length} samples do not fill ${shape.join(' x ')}`, 'Give one sample for each channel.');
  }
  if (!(data instanceof Uint8Array || data instanceof Uint16Array)) {
    throw invalid('its samples are neither of 8 nor of 16 bits', 'Round them to such, or write NIfTI.');
  }
  if (ending === '.bmp') {
    if (data instanceof Uint16Array || channels === 4) {
      throw invalid('BMP holds 8-bit grey or RGB', 'Write PNG or TIFF instead.');
    }
    await writeBeside(file, [encodeBmp(data, height, width, channels)], { signal });
    return;
  }
  if (!['.png', '.tif', '.tiff'].includes(ending)) {
    throw invalid(`its ending is "${ending}"`, 'End it in .png, .tif, .tiff or .bmp.');
  }
  const wide = data instanceof Uint16Array;
  const sharp = await loadSharp();
  const image = sharp(data, { raw: { height, width, channels } }).toColourspace(
    channels === 1 ? (wide ? 'grey16' : 'b-w') : wide ? 'rgb16' : 'srgb',
  );
  const encoded = ending === '.png' ? image.png() : image.tiff({ compression: 'deflate' });
  await writeBeside(file, [await encoded.toBuffer()], { signal });
}
