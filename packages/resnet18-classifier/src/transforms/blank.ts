import type { PixelImage } from '@fractura/radiograph';

/** Levels that transforms take and give: of 8 bits, as Pillow's modes L and RGB, or of float32. */
export type Levels = Uint8Array | Float32Array;

/** A black image of the same size and channels. */
export const blank = <Data extends Levels>(image: PixelImage<Data>): PixelImage<Data> => ({
  ...image,
  data: new (image.data.constructor as new (length: number) => Data)(image.data.length),
});
