import type { RandomState } from '@fractura/python-compat';
import type { ClassifierImage } from './classifier-sample.js';

/** Random changes of training images. */
export interface Augmentation {
  /** Probability of a mirror image, left to right; default 0.5. */
  horizontalFlip?: number;
  /** Probability of an upside-down image; default 0.5. */
  verticalFlip?: number;
  /** Largest shift along each axis as a fraction of its extent; the border is repeated. Default 0.06. */
  shift?: number;
}

/** A flipped and shifted copy; always draws the same count of random numbers. */
export function augment(
  { data, height, width, channels }: ClassifierImage,
  { horizontalFlip = 0.5, verticalFlip = 0.5, shift = 0.06 }: Augmentation,
  random: RandomState,
): Float32Array {
  const flipColumns = random.randomSample() < horizontalFlip;
  const flipRows = random.randomSample() < verticalFlip;
  const rowShift = Math.round(random.uniform(-shift, shift) * height);
  const columnShift = Math.round(random.uniform(-shift, shift) * width);
  const out = new Float32Array(data.length);
  for (let y = 0; y < height; y += 1) {
    const sourceY = clamp((flipRows ? height - 1 - y : y) + rowShift, height);
    for (let x = 0; x < width; x += 1) {
      const sourceX = clamp((flipColumns ? width - 1 - x : x) + columnShift, width);
      const from = (sourceY * width + sourceX) * channels;
      const to = (y * width + x) * channels;
      for (let c = 0; c < channels; c += 1) {
        out[to + c] = data[from + c]!;
      }
    }
  }
  return out;
}

const clamp = (index: number, extent: number) => Math.min(Math.max(index, 0), extent - 1);
