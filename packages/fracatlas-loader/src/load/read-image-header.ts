import { stat } from 'node:fs/promises';
import sharp from 'sharp';
import { FracatlasLoaderError } from '../errors.js';
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

/** Reads size, orientation and channels from an image's header, without decoding it. */
export async function readImageHeader(path: string): Promise<ImageHeader> {
  try {
    const [{ autoOrient, orientation = 1, channels }, { size }] = await Promise.all([
      sharp(path).metadata(),
      stat(path),
    ]);
    return { bytes: size, width: autoOrient.width, height: autoOrient.height, orientation, channels };
  } catch (cause) {
    throw new FracatlasLoaderError(`${path} is not an image that can be read: ${reasonOf(cause)}.`, {
      code: 'image-unreadable',
      remedy: 'Restore the image, or take it and its rows out of the data set.',
      cause,
    });
  }
}
