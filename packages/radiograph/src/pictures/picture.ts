import { RadiographError } from '../errors.js';

/** Samples of a picture and their order. */
export interface PictureSamples {
  /**
   * Samples row by row, the channels of a pixel next to each other: 8 bit, 16 bit where the file has more; signed, 32-bit or
   * float32 where a TIFF holds such.
   */
  data: Uint8Array | Uint16Array | Uint32Array | Int8Array | Int16Array | Int32Array | Float32Array;
  /** `[height, width]` of grey pictures, `[height, width, channels]` of others. */
  shape: number[];
}

/** A decoded picture. */
export interface Picture extends PictureSamples {
  /** Distance between pixels along z, y, x as nnU-Net's NaturalImage2DIO sets it: a slice far from any other. */
  spacing: [z: 999, y: 1, x: 1];
}

export const pictureOf = (data: PictureSamples['data'], height: number, width: number, channels: number): Picture => ({
  data,
  shape: channels === 1 ? [height, width] : [height, width, channels],
  spacing: [999, 1, 1],
});

export const unreadable = (file: string, why: string, cause?: unknown) =>
  new RadiographError(`${file} cannot be read as a picture: ${why}.`, {
    code: 'picture-unreadable',
    remedy: 'Give an undamaged PNG, TIFF, BMP or JPEG file of one picture; convert others to PNG.',
    cause,
  });
