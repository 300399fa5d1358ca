import { roundHalfToEven } from '@fractura/python-compat';
import { Resnet18ClassifierError } from '../errors.js';
import type { PixelImage } from './pixel-image.js';

/** Weights of three neighbours for a sigma in pixels, as torchvision computes them in float32. */
export function gaussianKernel(sigma: number): Float32Array {
  const weights = Float32Array.from([-1, 0, 1], (x) => Math.exp(-0.5 * Math.fround(x / sigma) ** 2));
  const sum = Math.fround(weights[0] + weights[1] + weights[2]);
  return weights.map((weight) => weight / sum);
}

/**
 * Blurs with 3 x 3 weights, the border mirrored, as `torchvision.transforms.GaussianBlur(3, sigma)` on float images.
 *
 * @param sigma pixels, above 0
 * @returns float32, `[height, width, channels]`
 * @throws Resnet18ClassifierError `option-invalid`
 */
export function gaussianBlur(
  { data, height, width, channels }: Omit<PixelImage, 'data'> & { data: Uint8Array | Float32Array },
  sigma: number,
): Float32Array {
  if (!(sigma > 0)) {
    throw new Resnet18ClassifierError(`The sigma of a blur is ${sigma}.`, {
      code: 'option-invalid',
      remedy: 'Give a number of pixels above 0.',
    });
  }
  const kernel = gaussianKernel(sigma);
  const out = new Float32Array(data.length);
  const mirror = (index: number, extent: number) =>
    extent === 1 ? 0 : index < 0 ? -index : index >= extent ? 2 * extent - 2 - index : index;
  for (let y = 0, to = 0; y < height; y += 1) {
    const rows = [-1, 0, 1].map((dy) => mirror(y + dy, height) * width);
    for (let x = 0; x < width; x += 1) {
      const columns = [-1, 0, 1].map((dx) => mirror(x + dx, width));
      for (let c = 0; c < channels; c += 1, to += 1) {
        let sum = 0;
        for (let i = 0; i < 9; i += 1) {
          const [row, column] = [(i / 3) | 0, i % 3];
          sum += kernel[row] * kernel[column] * data[(rows[row] + columns[column]) * channels + c];
        }
        out[to] = sum;
      }
    }
  }
  return out;
}

/** The same on 8-bit pictures, rounded half to even. */
export function gaussianBlurPixels(image: PixelImage, sigma: number): PixelImage {
  return { ...image, data: Uint8Array.from(gaussianBlur(image, sigma), roundHalfToEven) };
}
