import { open, stat } from 'node:fs/promises';
import { readImage } from '@fractura/radiograph';
import sharp from 'sharp';
import { FracatlasLoaderError } from '../errors.js';
import { isBmp } from './open-image.js';
import { reasonOf } from './read-text.js';

export interface ImageHeader {
  bytes: number;
  /** Pixels of the upright image. */
  width: number;
  height: number;
  /** EXIF orientation; 1 where there is none. */
  orientation: number;
  channels: number;
}

/** Reads size, orientation and channels from an image's header, without decoding it; a BMP, which is not compressed, as a whole. */
export async function readImageHeader(path: string): Promise<ImageHeader> {
  try {
    const { size: bytes } = await stat(path);
    if (isBmp(await firstBytes(path))) {
      const [height, width, channels = 1] = (await readImage(path)).shape;
      return { bytes, width, height, orientation: 1, channels };
    }
    const { autoOrient, orientation = 1, channels } = await sharp(path).metadata();
    return { bytes, width: autoOrient.width, height: autoOrient.height, orientation, channels };
  } catch (cause) {
    throw new FracatlasLoaderError(`${path} is not an image that can be read: ${reasonOf(cause)}.`, {
      code: 'image-unreadable',
      remedy: 'Restore the image, or take it and its rows out of the data set.',
      cause,
    });
  }
}

async function firstBytes(path: string): Promise<Uint8Array> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
