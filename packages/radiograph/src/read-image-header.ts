import { open, stat } from 'node:fs/promises';
import { reasonOf } from '@fractura/errors';
import { readBmpLayout } from './decoding/bmp-layout.js';
import { channelsOfBmp } from './decoding/decode-bmp.js';
import { isBmp, missingImage, readImageFile } from './decoding/image-file.js';
import { loadSharp } from './decoding/load-sharp.js';
import { RadiographError } from './errors.js';
import { unreadableImage } from './images/unreadable-image.js';

/** What an image's header tells. */
export interface ImageHeader {
  /** Size of the file. */
  bytes: number;
  /** Pixels of the upright image. */
  width: number;
  height: number;
  /** EXIF orientation; 1 where there is none. */
  orientation: number;
  /** 1 for grey, 3 for RGB, 4 with alpha or CMYK. */
  channels: number;
}

/**
 * Reads size, orientation and channels from an image's header; no pixel is decoded.
 *
 * @throws RadiographError `image-missing`, `image-unreadable`
 */
export async function readImageHeader(file: string): Promise<ImageHeader> {
  const { size: bytes } = await stat(file).catch((cause: unknown) => {
    throw missingImage(file, cause);
  });
  try {
    if (isBmp(await firstBytes(file))) {
      const layout = readBmpLayout(await readImageFile(file), file);
      const { width, height } = layout;
      return { bytes, width, height, orientation: 1, channels: channelsOfBmp(layout) };
    }
    const sharp = await loadSharp();
    const { autoOrient, orientation = 1, channels } = await sharp(file, { limitInputPixels: false }).metadata();
    return { bytes, width: autoOrient.width, height: autoOrient.height, orientation, channels };
  } catch (cause) {
    throw cause instanceof RadiographError ? cause : unreadableImage(file, reasonOf(cause), cause);
  }
}

async function firstBytes(file: string): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
