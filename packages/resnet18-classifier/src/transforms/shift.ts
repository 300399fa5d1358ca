import type { PixelImage } from '@fractura/radiograph';
import type { Levels } from './blank.js';
import { remap } from './remap.js';

/** Moves an image up by `rows` and left by `columns` whole pixels; the border is repeated. */
export function shift<Data extends Levels>(
  image: PixelImage<Data>,
  { rows, columns }: { rows: number; columns: number },
): PixelImage<Data> {
  const { height, width } = image;
  return remap(image, (y, x) => [clamp(y + rows, height), clamp(x + columns, width)]);
}

const clamp = (index: number, extent: number) => Math.min(Math.max(index, 0), extent - 1);
