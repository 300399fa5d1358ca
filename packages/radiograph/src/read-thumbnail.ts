import type { Sharp, SharpOptions } from 'sharp';
import { decodeBmp } from './decoding/decode-bmp.js';
import { FracturaError, reasonOf } from '@fractura/errors';
import { describeDamage } from './decoding/damage.js';
import { checkDecodedSize } from './decoding/decoded-size.js';
import { isBmp, readImageFile } from './decoding/image-file.js';
import { loadSharp } from './decoding/load-sharp.js';
import { decodeDicom } from './dicom/decode-dicom.js';
import { isDicom } from './dicom/is-dicom.js';
import { toGrey } from './colour/to-grey.js';
import type { PixelImage } from './images/pixel-image.js';

/** How large a thumbnail is. */
export interface ThumbnailOptions {
  /** Pixels of its sides, at most. */
  side: number;
  /** `fill`: exactly `side` x `side`; `inside`: the image's own shape, not enlarged. Default `fill`. */
  fit?: 'fill' | 'inside';
  /** The file's bytes, where they have been read already. */
  bytes?: Buffer;
}

/** A thumbnail, and whether its file is sound. */
export interface Thumbnail {
  /** Why strict decoding refused the image; undefined where it is whole. */
  damage?: string;
  /** 8-bit grey, one channel; undefined where not even a part could be decoded. */
  image?: PixelImage<Uint8Array>;
}

/**
 * A small upright grey image, made quickly: JPEG is decoded at a reduced size where that is enough. It is for comparing and
 * showing images; {@link readRadiograph} gives exact pixels. A damaged image is decoded again as far as it goes.
 *
 * @throws RadiographError `image-missing`
 */
export async function readThumbnail(file: string, options: ThumbnailOptions): Promise<Thumbnail> {
  const bytes = options.bytes ?? (await readImageFile(file));
  try {
    return { image: await decodeThumbnail(file, bytes, options, 'warning') };
  } catch (error) {
    if (isDicom(bytes) && FracturaError.isInstance(error)) {
      return { damage: reasonOf(error) };
    }
    const image = await decodeThumbnail(file, bytes, options, 'none').catch(() => undefined);
    return { damage: describeDamage(bytes), image };
  }
}

async function decodeThumbnail(
  file: string,
  bytes: Buffer,
  { side, fit = 'fill' }: ThumbnailOptions,
  failOn: 'warning' | 'none',
): Promise<PixelImage<Uint8Array>> {
  const image = await openWithSharp(file, bytes, {
    failOn,
    sequentialRead: true,
    limitInputPixels: false,
    ignoreIcc: true,
  });
  checkDecodedSize(file, bytes, await image.metadata(), {});
  const { data, info } = await image
    .autoOrient()
    .greyscale()
    .resize(side, side, { fit, withoutEnlargement: fit === 'inside', kernel: 'linear' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: toGrey(new Uint8Array(data), info.channels), height: info.height, width: info.width, channels: 1 };
}

/** BMP and DICOM, which libvips does not read, are decoded first. */
async function openWithSharp(file: string, bytes: Buffer, options: SharpOptions): Promise<Sharp> {
  const sharp = await loadSharp();
  if (isDicom(bytes)) {
    const { data, width, height } = await decodeDicom(bytes, { name: 'it' });
    const levels = data instanceof Uint16Array ? Uint8Array.from(data, (level) => level >> 8) : data;
    return sharp(levels, { ...options, raw: { width, height, channels: 1 } });
  }
  if (!isBmp(bytes)) {
    return sharp(bytes, options);
  }
  const { data, shape } = decodeBmp(bytes, file, { white: 255 });
  const [height, width, channels = 1] = shape;
  return sharp(data as Uint8Array, { ...options, raw: { width, height, channels: channels as 1 | 3 | 4 } });
}
