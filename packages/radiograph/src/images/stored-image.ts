/** The numbers of an image as its file stores them, and their order. */
export interface StoredPixels {
  /**
   * Row by row, the channels of a pixel next to each other: 8 bit, 16 bit where the file has more; signed, 32-bit or
   * float32 where a TIFF holds such.
   */
  data: Uint8Array | Uint16Array | Uint32Array | Int8Array | Int16Array | Int32Array | Float32Array;
  /** `[height, width]` of grey images, `[height, width, channels]` of others. */
  shape: number[];
}

/** An image with its numbers as stored. */
export interface StoredImage extends StoredPixels {
  /** Distance between pixels along z, y, x as nnU-Net's NaturalImage2DIO sets it: a slice far from any other. */
  spacing: [z: 999, y: 1, x: 1];
}

export const storedImage = (
  data: StoredPixels['data'],
  height: number,
  width: number,
  channels: number,
): StoredImage => ({
  data,
  shape: channels === 1 ? [height, width] : [height, width, channels],
  spacing: [999, 1, 1],
});
