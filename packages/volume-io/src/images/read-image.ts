import sharp from 'sharp';
import { VolumeIoError } from '../errors.js';

/** A decoded picture. */
export interface Picture {
  /** Samples row by row, the channels of a pixel next to each other; 16 bit where the file has more than 8. */
  data: Uint8Array | Uint16Array;
  /** `[height, width]` of grey pictures, `[height, width, channels]` of others. */
  shape: number[];
}

/**
 * Reads a PNG, TIFF or JPEG picture with the numbers that are in the file: no colour profile, gamma or EXIF orientation is
 * applied. Palettes become RGB. BMP is not read: convert it to PNG.
 *
 * @throws VolumeIoError `picture-unreadable`, naming the file.
 */
export async function readImage(file: string): Promise<Picture> {
  try {
    const image = sharp(file, { failOn: 'warning', limitInputPixels: 2 ** 30 });
    const { depth, space } = await image.metadata();
    const wide = depth === 'ushort';
    // Without this, grey pictures would come out as RGB.
    const decoded = space === 'b-w' || space === 'grey16' ? image.toColourspace(wide ? 'grey16' : 'b-w') : image;
    const { data, info } = await decoded
      .raw({ depth: wide ? 'ushort' : 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const samples = wide ? new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2) : new Uint8Array(data);
    const { height, width, channels } = info;
    return { data: samples, shape: channels === 1 ? [height, width] : [height, width, channels] };
  } catch (cause) {
    throw new VolumeIoError(
      `${file} cannot be read as a picture: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        code: 'picture-unreadable',
        remedy: 'Give an undamaged PNG, TIFF or JPEG file; convert others (BMP) to PNG.',
        cause,
      },
    );
  }
}
