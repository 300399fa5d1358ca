import { extname } from 'node:path';
import sharp from 'sharp';
import { writeBeside } from '@fractura/array-files';
import { VolumeIoError } from '../errors.js';
import type { Picture } from './read-image.js';

/**
 * Writes a picture without loss, PNG or TIFF by the ending of the file, beside its place and renamed.
 *
 * @throws VolumeIoError `picture-invalid` where data and shape do not fit, or the ending is another.
 */
export async function writeImage(file: string, { data, shape }: Picture): Promise<void> {
  const [height, width, channels = 1] = shape;
  const ending = extname(file).toLowerCase();
  const invalid = (what: string, remedy: string) =>
    new VolumeIoError(`${file}: ${what}`, { code: 'picture-invalid', remedy });
  if (data.length !== height * width * channels || channels > 4) {
    throw invalid(
      `${data.length} samples do not fill ${shape.join(' x ')}`,
      'Give height, width and at most four channels.',
    );
  }
  if (!['.png', '.tif', '.tiff'].includes(ending))
    throw invalid(`cannot write ${ending}`, 'End it in .png, .tif or .tiff.');
  const image = sharp(data, { raw: { height, width, channels: channels as 1 | 2 | 3 | 4 } });
  const wide = data instanceof Uint16Array;
  const encodable =
    channels <= 2 ? image.toColourspace(wide ? 'grey16' : 'b-w') : image.toColourspace(wide ? 'rgb16' : 'srgb');
  const encoded = ending === '.png' ? encodable.png() : encodable.tiff({ compression: 'deflate' });
  await writeBeside(file, [await encoded.toBuffer()]);
}
