/** Pixels of 8 bits, as Pillow's modes L and RGB, or of float32. */
export type Pixels = Uint8Array | Float32Array;

/** An image that transforms take and give. */
export interface PixelImage<Data extends Pixels = Pixels> {
  /** `[height, width, channels]`. */
  data: Data;
  height: number;
  width: number;
  channels: number;
}

/** A black image of the same size and channels. */
export const blank = <Data extends Pixels>(image: PixelImage<Data>): PixelImage<Data> => ({
  ...image,
  data: new (image.data.constructor as new (length: number) => Data)(image.data.length),
});
