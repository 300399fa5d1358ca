import { reasonOf } from '@fractura/errors';
import { decodeBmp } from './decoding/decode-bmp.js';
import { decodeStored, type DecodeOptions } from './decoding/decode-stored.js';
import { checkLimit, type SizeLimit } from './images/size-limit.js';
import { isBmp, readImageFile } from './decoding/image-file.js';
import { RadiographError } from './errors.js';
import type { StoredImage } from './images/stored-image.js';
import { unreadableImage } from './images/unreadable-image.js';

/** How numbers are read. */
export interface ReadImageOptions extends SizeLimit, DecodeOptions {}

/**
 * Reads a PNG, TIFF, BMP or JPEG with the numbers that are in the file, as nnU-Net's NaturalImage2DIO does: no colour
 * profile, gamma, EXIF orientation or transparent colour is applied. Palettes of PNG and BMP become RGB, those of TIFF stay
 * indices, or all stay indices where `palette` asks for them, as labels are stored; pixels of one bit become 0 and 1. {@link readRadiograph} reads an image as it is to be seen.
 *
 * Differs from the reference: colour PNGs of 16 bits stay so, where Pillow halves them to 8.
 *
 * @returns `data` row by row and `shape` `[height, width]` or `[height, width, channels]`.
 * @throws RadiographError `image-missing`, `image-too-large`, `size-invalid`, `image-unreadable` (also for TIFF files of several pages, and for CMYK)
 * @see nnU-Net: nnunetv2/imageio/natural_image_reader_writer.py, NaturalImage2DIO.read_images
 */
export async function readImage(file: string, options: ReadImageOptions = {}): Promise<StoredImage> {
  checkLimit(options);
  const bytes = await readImageFile(file);
  if (isBmp(bytes)) {
    return decodeBmp(bytes, file, options);
  }
  try {
    return await decodeStored(bytes, file, options);
  } catch (cause) {
    throw cause instanceof RadiographError ? cause : unreadableImage(file, reasonOf(cause), cause);
  }
}
