import type { PixelImage } from '@fractura/radiograph';
import { blank, type Levels } from './blank.js';

/** An image of the same size whose pixel at row y and column x is that of the source at `source(y, x)`. */
export function remap<Data extends Levels>(
  image: PixelImage<Data>,
  source: (y: number, x: number) => readonly [y: number, x: number],
): PixelImage<Data> {
  const { data, height, width, channels } = image;
  const mapped = blank(image);
  for (let y = 0, to = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [fromY, fromX] = source(y, x);
      for (let c = 0; c < channels; c += 1, to += 1) {
        mapped.data[to] = data[(fromY * width + fromX) * channels + c];
      }
    }
  }
  return mapped;
}
