import type { RandomState } from '@fractura/python-compat';
import { flipHorizontally, flipVertically } from '../transforms/flip.js';
import { gaussianBlur } from '../transforms/gaussian-blur.js';
import { rotate } from '../transforms/rotate.js';
import { shift as shiftBy } from '../transforms/shift.js';
import type { ClassifierImage } from './classifier-sample.js';

/** Random changes of training images. */
export interface Augmentation {
  /** Probability of a mirror image, left to right; default 0.5. */
  horizontalFlip?: number;
  /** Probability of an upside-down image; default 0.5. */
  verticalFlip?: number;
  /** Largest shift along each axis as a fraction of its extent; the border is repeated. Default 0.06. */
  shift?: number;
  /** Largest turn either way in degrees, as torchvision's `RandomRotation`; the corners become 0. Default none. */
  rotation?: number;
  /** Least and largest sigma of a 3 x 3 blur in pixels, as torchvision's `GaussianBlur(3, sigma)`. Default none. */
  blur?: readonly [least: number, largest: number];
}

/** A changed copy; with the same options always the same count of random numbers is drawn. */
export function augment(
  image: ClassifierImage,
  { horizontalFlip = 0.5, verticalFlip = 0.5, shift = 0.06, rotation, blur }: Augmentation,
  random: RandomState,
): Float32Array {
  const flipColumns = random.randomSample() < horizontalFlip;
  const flipRows = random.randomSample() < verticalFlip;
  const rows = Math.round(random.uniform(-shift, shift) * image.height);
  const columns = Math.round(random.uniform(-shift, shift) * image.width);
  let changed = shiftBy(image, { rows, columns });
  if (flipColumns) {
    changed = flipHorizontally(changed);
  }
  if (flipRows) {
    changed = flipVertically(changed);
  }
  if (rotation !== undefined) {
    changed = rotate(changed, { angle: random.uniform(-rotation, rotation) });
  }
  if (blur !== undefined) {
    changed = gaussianBlur(changed, random.uniform(...blur));
  }
  return changed.data;
}
