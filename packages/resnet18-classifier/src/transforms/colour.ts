import type { PixelImage } from './pixel-image.js';

/** Scales grey levels, as `torchvision.transforms.functional.adjust_brightness` on a Pillow image. */
export const adjustBrightness = (image: PixelImage, factor: number): PixelImage => blend(image, 0, factor);

/** Moves grey levels from their rounded mean, as `adjust_contrast` on a grey Pillow image. */
export function adjustContrast(image: PixelImage, factor: number): PixelImage {
  const sum = image.data.reduce((total, value) => total + value, 0);
  return blend(image, Math.trunc(sum / image.data.length + 0.5), factor);
}

/** As `adjust_gamma` on a Pillow image. */
export function adjustGamma(image: PixelImage, gamma: number): PixelImage {
  const table = Uint8Array.from({ length: 256 }, (_, level) => Math.trunc(255.999 * (level / 255) ** gamma));
  return { ...image, data: image.data.map((value) => table[value]) };
}

/** From one grey level to the picture and beyond, in float32 as Pillow's Blend.c. */
function blend(image: PixelImage, level: number, factor: number): PixelImage {
  const { fround, trunc, min, max } = Math;
  const alpha = fround(factor);
  const table = Uint8Array.from({ length: 256 }, (_, value) =>
    trunc(min(max(fround(level + fround(alpha * (value - level))), 0), 255)),
  );
  return { ...image, data: image.data.map((value) => table[value]) };
}
