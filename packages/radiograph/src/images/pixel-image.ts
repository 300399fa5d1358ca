/** Arrays that pixels are kept in: 8 bits, or 16 where the file has more. */
export type Pixels = Uint8Array | Uint16Array;

/** An image of 8 or 16 bits, as Pillow's modes L, I;16 and RGB; of float32 where levels were brought to a network's range. */
export interface PixelImage<Data extends Pixels | Float32Array = Pixels> {
  /** `[height, width, channels]`: row by row, the channels of a pixel next to each other. */
  data: Data;
  height: number;
  width: number;
  /** 1 for grey, 3 for RGB. */
  channels: number;
}
