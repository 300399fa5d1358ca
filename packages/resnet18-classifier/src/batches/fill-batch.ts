import { RandomState } from '@fractura/python-compat';
import { augment, type Augmentation } from '../data/augmentation.js';
import type { ClassifierImage, ImageSize } from '../data/classifier-sample.js';
import { normaliseInto, type Normalisation } from '../data/normalisation.js';

/** How images become what the network is given. */
export interface BatchRecipe {
  size: ImageSize;
  normalisation: Normalisation;
  augmentation: Augmentation | 'none';
}

/**
 * Normalised images, one after the other: `[batch, height, width, channels]`.
 *
 * @param seeds one for each image, from which alone its changes are drawn; without them images stay as they are
 */
export function fillBatch(
  images: readonly ClassifierImage[],
  { size, normalisation, augmentation }: BatchRecipe,
  seeds?: readonly number[],
): Float32Array {
  const length = size.height * size.width * size.channels;
  const data = new Float32Array(images.length * length);
  images.forEach((image, n) => {
    const pixels =
      seeds === undefined || augmentation === 'none'
        ? image.data
        : augment(image, augmentation, new RandomState(seeds[n]));
    normaliseInto(data, n * length, pixels, normalisation);
  });
  return data;
}
