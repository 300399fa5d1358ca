import type { PixelImage } from '@fractura/radiograph';
import type { Levels } from './blank.js';
import { remap } from './remap.js';

/** Mirrors left and right, as `torchvision.transforms.functional.hflip`. */
export const flipHorizontally = <Data extends Levels>(image: PixelImage<Data>): PixelImage<Data> =>
  remap(image, (y, x) => [y, image.width - 1 - x]);

/** Turns upside down, as `torchvision.transforms.functional.vflip`. */
export const flipVertically = <Data extends Levels>(image: PixelImage<Data>): PixelImage<Data> =>
  remap(image, (y, x) => [image.height - 1 - y, x]);
