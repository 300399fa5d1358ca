import { Resnet18ClassifierError } from '../errors.js';
import type { PixelImage } from '@fractura/radiograph';
import type { Levels } from './blank.js';

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
 * @throws Resnet18ClassifierError `option-invalid`
 */
export function gaussianBlur(image: PixelImage<Levels>, sigma: number): PixelImage<Float32Array> {
  if (!(sigma > 0)) {
    throw new Resnet18ClassifierError(`The sigma of a blur is ${sigma}.`, {
      code: 'option-invalid',
      remedy: 'Give a number of pixels above 0.',
    });
  }
  const { data, height, width, channels } = image;
  const kernel = gaussianKernel(sigma);
  const blurred = new Float32Array(data.length);
  for (let y = 0, to = 0; y < height; y += 1) {
    const rows = [-1, 0, 1].map((dy) => mirror(y + dy, height) * width);
    for (let x = 0; x < width; x += 1) {
      const columns = [-1, 0, 1].map((dx) => mirror(x + dx, width));
      for (let c = 0; c < channels; c += 1, to += 1) {
        let sum = 0;
        for (let row = 0; row < 3; row += 1) {
          for (let column = 0; column < 3; column += 1) {
            sum += kernel[row] * kernel[column] * data[(rows[row] + columns[column]) * channels + c];
          }
        }
        blurred[to] = sum;
      }
    }
  }
  return { ...image, data: blurred };
}

/** The index inside the extent that stands for one beyond its border, as a mirror standing on the last pixel shows it. */
function mirror(index: number, extent: number): number {
  if (extent === 1) {
    return 0;
  }
  const inside = Math.abs(index);
  return inside < extent ? inside : 2 * extent - 2 - inside;
}
