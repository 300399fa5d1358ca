import sharp from 'sharp';
import { reasonOf } from '@fractura/errors';
import { Resnet18ClassifierError } from '../errors.js';
import type { PixelImage } from '../transforms/pixel-image.js';

/**
 * Reads a JPEG, PNG, TIFF or WebP file upright (by EXIF), as 8-bit grey by ITU-R BT.601 luma, or as RGB. Alpha is dropped.
 *
 * @param channels 1 for grey, 3 for RGB
 * @throws Resnet18ClassifierError `image-unreadable`, also for files that are cut off
 */
export async function readPicture(file: string, channels: 1 | 3): Promise<PixelImage> {
  try {
    const { data, info } = await sharp(file, { failOn: 'truncated' })
      .autoOrient()
      .removeAlpha()
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const colour = { data: new Uint8Array(data), height: info.height, width: info.width, channels: info.channels };
    return channels === 3 ? colour : toGrey(colour);
  } catch (cause) {
    throw new Resnet18ClassifierError(`${file} cannot be read as an image: ${reasonOf(cause)}.`, {
      code: 'image-unreadable',
      remedy: 'Give an undamaged JPEG, PNG, TIFF or WebP file, or leave this one out.',
      cause,
    });
  }
}

/** Pillow's integer weights of its conversion to L. */
function toGrey({ data, channels, ...size }: PixelImage): PixelImage {
  const grey = new Uint8Array(size.height * size.width);
  for (let i = 0, from = 0; i < grey.length; i += 1, from += channels) {
    grey[i] =
      channels < 3 ? data[from] : (data[from] * 19595 + data[from + 1] * 38470 + data[from + 2] * 7471 + 0x8000) >> 16;
  }
  return { ...size, data: grey, channels: 1 };
}
