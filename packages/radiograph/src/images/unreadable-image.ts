import { RadiographError } from '../errors.js';

/** An error for a file that is not an image, or not one that can be read. */
export const unreadableImage = (file: string, reason: string, cause?: unknown) =>
  new RadiographError(`${file} cannot be read as an image: ${reason}.`, {
    code: 'image-unreadable',
    remedy: 'Give an undamaged JPEG, PNG, TIFF or BMP file of one image, or leave this one out.',
    cause,
  });
