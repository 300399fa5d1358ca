import { rule } from '@fractura/errors';
import { encode } from 'fast-png';

/** A picture in shades of grey: row by row from the top left, 0 black to 255 white. */
export interface GreyPicture {
  data: Uint8Array | Uint8ClampedArray;
  width: number;
  height: number;
}

/** A mask of a picture's size: anything but 0 belongs to it. */
export interface Mask {
  data: ArrayLike<number>;
  width: number;
  height: number;
}

/** The picture as a `data:` address, which needs no file beside the page. */
export function pictureAddress({ data, width, height }: GreyPicture): string {
  const png = encode({ data, width, height, channels: 1, depth: 8 });
  return `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
}

/** What {@link GreyPicture} must be. */
export const greyPictureRule = rule.fields({ data: rule.typedArray, width: rule.anyNumber, height: rule.anyNumber });

/** What {@link Mask} must be. */
export const maskRule = rule.fields({ data: rule.numbers, width: rule.anyNumber, height: rule.anyNumber });
