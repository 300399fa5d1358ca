import { reasonOf } from '@fractura/errors';
import { decodeBmp } from './decoding/decode-bmp.js';
import { decodeStored } from './decoding/decode-stored.js';
import { isBmp, readImageFile } from './decoding/image-file.js';
import type { StoredImage } from './images/stored-image.js';
import { unreadableImage } from './images/unreadable-image.js';

/**
 * Reads a PNG, TIFF, BMP or JPEG with the numbers that are in the file, as nnU-Net's NaturalImage2DIO does: no colour
 * profile, gamma, EXIF orientation or transparent colour is applied. Palettes of PNG and BMP become RGB, those of TIFF stay
 * indices; pixels of one bit become 0 and 1. {@link readRadiograph} reads an image as it is to be seen.
 *
 * Differs from the reference: colour PNGs of 16 bits stay so, where Pillow halves them to 8.
 *
 * @param options `white`: what pixels of one bit become that are set: 1, or 255 for grey levels as Pillow's `convert('L')` gives.
 * @returns `data` row by row and `shape` `[height, width]` or `[height, width, channels]`.
 * @throws RadiographError `image-missing`, `image-unreadable` (also for TIFF files of several pages, and for CMYK)
 * @see nnU-Net: nnunetv2/imageio/natural_image_reader_writer.py, NaturalImage2DIO.read_images
 */
export async function readImage(file: string, { white = 1 }: { white?: 1 | 255 } = {}): Promise<StoredImage> {
  const bytes = await readImageFile(file);
  if (isBmp(bytes)) {
    return decodeBmp(bytes, file, white);
  }
  try {
    return await decodeStored(bytes, { white });
  } catch (cause) {
    throw unreadableImage(file, reasonOf(cause), cause);
  }
}
