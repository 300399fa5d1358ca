import { blank, checkExtents, type PixelImage } from './pixel-image.js';

/** Which source pixels make one target pixel, with their weights in 1 / 2^22. */
interface Taps {
  first: number;
  weights: Int32Array;
}

const precision = 2 ** 22;

/**
 * Resizes as `torchvision.transforms.Resize((height, width))` does on a Pillow image: bilinear with antialiasing, in
 * integers, equal to Pillow bit for bit.
 *
 * @throws Resnet18ClassifierError `option-invalid`
 * @see Pillow's src/libImaging/Resample.c
 */
export function resize(image: PixelImage, { height, width }: { height: number; width: number }): PixelImage {
  checkExtents({ height, width });
  // Pillow 13 goes along the columns first where only that saves work.
  return width > image.width && height < image.height
    ? resampleColumns(resampleRows(image, height), width)
    : resampleRows(resampleColumns(image, width), height);
}

/** Resizes so that the shorter side has `size` pixels, as `torchvision.transforms.Resize(size)`. */
export function resizeShorterSide(image: PixelImage, size: number): PixelImage {
  const { height, width } = image;
  const longer = Math.trunc((size * Math.max(height, width)) / Math.min(height, width));
  return resize(image, width <= height ? { height: longer, width: size } : { height: size, width: longer });
}

function tapsOf(from: number, to: number): Taps[] {
  const { floor, max, min, abs } = Math;
  const scale = from / to;
  const support = max(scale, 1);
  return Array.from({ length: to }, (_, target) => {
    const centre = (target + 0.5) * scale;
    const first = max(floor(centre - support + 0.5), 0);
    const count = min(floor(centre + support + 0.5), from) - first;
    const weights = new Float64Array(count);
    let sum = 0;
    for (let i = 0; i < count; i += 1) {
      weights[i] = max(1 - abs((first + i - centre + 0.5) / support), 0);
      sum += weights[i];
    }
    // Rounded half away from zero; all weights are positive.
    return { first, weights: Int32Array.from(weights, (weight) => floor((weight / sum) * precision + 0.5)) };
  });
}

function resampleColumns(image: PixelImage, width: number): PixelImage {
  if (width === image.width) {
    return image;
  }
  const { data, height, channels } = image;
  const out = blank(image, height, width);
  tapsOf(image.width, width).forEach(({ first, weights }, x) => {
    for (let y = 0; y < height; y += 1) {
      const row = (y * image.width + first) * channels;
      for (let c = 0; c < channels; c += 1) {
        let sum = precision / 2;
        for (let i = 0; i < weights.length; i += 1) {
          sum += weights[i] * data[row + i * channels + c];
        }
        out.data[(y * width + x) * channels + c] = sum / precision;
      }
    }
  });
  return out;
}

function resampleRows(image: PixelImage, height: number): PixelImage {
  if (height === image.height) {
    return image;
  }
  const { data, width, channels } = image;
  const stride = width * channels;
  const out = blank(image, height, width);
  tapsOf(image.height, height).forEach(({ first, weights }, y) => {
    for (let column = 0; column < stride; column += 1) {
      let sum = precision / 2;
      for (let i = 0; i < weights.length; i += 1) {
        sum += weights[i] * data[(first + i) * stride + column];
      }
      out.data[y * stride + column] = sum / precision;
    }
  });
  return out;
}
