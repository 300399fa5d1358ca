import { open, readFile } from 'node:fs/promises';
import { reasonOf } from '@fractura/errors';
import { dicomPrefixEnd } from '../dicom/is-dicom.js';
import { RadiographError } from '../errors.js';

/**
 * The bytes of an image file.
 *
 * @throws RadiographError `image-missing`
 */
export async function readImageFile(file: string): Promise<Buffer> {
  return readFile(file).catch((cause: unknown) => {
    throw missingImage(file, cause);
  });
}

/** The first bytes of a file, as many as tell DICOM and BMP from others. */
export async function beginningOf(file: string): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(dicomPrefixEnd), 0, dicomPrefixEnd, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** An error for an image file that cannot be opened. */
export const missingImage = (file: string, cause: unknown) =>
  new RadiographError(`${file} cannot be read: ${reasonOf(cause)}.`, {
    code: 'image-missing',
    remedy: 'Check the folder of images and the name of the file.',
    cause,
  });

/** Whether a file is a BMP, by its first two bytes; libvips does not read BMP. */
export const isBmp = (bytes: Uint8Array): boolean => bytes[0] === 0x42 && bytes[1] === 0x4d;
