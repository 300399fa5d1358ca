import type { Tensor } from '@tensorflow/tfjs';

import { TfjsTrainingError } from '../errors.js';

/** Sizes of a convolution per spatial axis (height, width or depth, height, width). */
export interface ConvolutionGeometry {
  kernelSize: readonly number[];
  strides: readonly number[];
  /** Zeros put before and after the input along each axis. */
  padding: readonly number[];
}

/** The window of a max pooling, the same along both axes. */
export interface MaxPoolOptions {
  size: number;
  strides: number;
  /** Positions of minus infinity on every side, at most half the size, as in PyTorch. */
  padding: number;
}

/** Spatial sizes of a channels-last tensor: `[height, width]` or `[depth, height, width]`. */
export function spatialShape(x: Tensor): number[] {
  return x.shape.slice(1, -1);
}

/**
 * One number for every spatial axis, or one for all.
 *
 * @throws TfjsTrainingError `wrong-shape`
 */
export function perAxis(value: number | readonly number[], axes: number, name: string): readonly number[] {
  if (typeof value === 'number') {
    return Array.from({ length: axes }, () => value);
  }
  if (value.length !== axes) {
    throw new TfjsTrainingError(
      `The ${name} [${value.join(', ')}] have ${value.length} entries for ${axes} spatial axes.`,
      {
        code: 'wrong-shape',
        remedy: `Give one number, or one for each of the ${axes} axes.`,
      },
    );
  }
  return value;
}
