import { blank, type PixelImage } from './pixel-image.js';

/** Mirrors left and right. */
export const flipHorizontally = (image: PixelImage): PixelImage => remap(image, (y, x) => [y, image.width - 1 - x]);

/** Turns upside down. */
export const flipVertically = (image: PixelImage): PixelImage => remap(image, (y, x) => [image.height - 1 - y, x]);

function remap(image: PixelImage, source: (y: number, x: number) => [number, number]): PixelImage {
  const { data, height, width, channels } = image;
  const out = blank(image, height, width);
  for (let y = 0, to = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [fromY, fromX] = source(y, x);
      for (let c = 0; c < channels; c += 1, to += 1) {
        out.data[to] = data[(fromY * width + fromX) * channels + c];
      }
    }
  }
  return out;
}
