import type { RandomState } from '@fractura/python-compat';
import { augment, type Augmentation } from './augmentation.js';
import type { ImageSize, UnlabelledSample } from './classifier-sample.js';
import type { ReadImage } from './image-cache.js';
import { normaliseInto, type Normalisation } from './normalisation.js';

/**
 * Cuts a list into batches. A single item left over joins the batch before it, since batch norm cannot train on one
 * value.
 */
export function cutBatches<T>(items: readonly T[], batchSize: number): T[][] {
  const batches: T[][] = [];
  for (let begin = 0; begin < items.length; begin += batchSize) {
    batches.push(items.slice(begin, begin + batchSize));
  }
  if (batchSize > 1 && batches.length > 1 && batches.at(-1)!.length === 1) {
    const rest = batches.pop()!;
    batches.at(-1)!.push(...rest);
  }
  return batches;
}

export interface ReadBatchOptions {
  read: ReadImage;
  size: ImageSize;
  normalisation: Normalisation;
  /** How the images are changed, and by which random numbers; without it they stay as they are. */
  augmentation?: { options: Augmentation; random: RandomState };
}

/** Normalised images as `[batch, height, width, channels]`. */
export async function readBatch(
  samples: readonly UnlabelledSample[],
  { read, size, normalisation, augmentation }: ReadBatchOptions,
): Promise<{ data: Float32Array; shape: [number, number, number, number] }> {
  const { height, width, channels } = size;
  const length = height * width * channels;
  const data = new Float32Array(samples.length * length);
  for (const [n, sample] of samples.entries()) {
    const image = await read(sample, size);
    const pixels = augmentation ? augment(image, augmentation.options, augmentation.random) : image.data;
    normaliseInto(data, n * length, pixels, normalisation);
  }
  return { data, shape: [samples.length, height, width, channels] };
}
