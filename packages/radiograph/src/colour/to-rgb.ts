import type { Pixels } from '../images/pixel-image.js';

/** Red, green and blue of decoded pixels, interleaved by `channels`: grey is repeated, alpha is left out. */
export function toRgb<Data extends Pixels>(pixels: Data, channels: number): Data {
  if (channels === 3) {
    return pixels;
  }
  const count = pixels.length / channels;
  const rgb = new (pixels.constructor as new (length: number) => Data)(count * 3);
  const [green, blue] = channels < 3 ? [0, 0] : [1, 2];
  for (let from = 0, to = 0; from < pixels.length; from += channels, to += 3) {
    rgb[to] = pixels[from];
    rgb[to + 1] = pixels[from + green];
    rgb[to + 2] = pixels[from + blue];
  }
  return rgb;
}
