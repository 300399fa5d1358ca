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

/** One number for every spatial axis, or one for all. */
export function perAxis(value: number | readonly number[], axes: number, name: string): readonly number[] {
  if (typeof value === 'number') {
    return Array.from({ length: axes }, () => value);
  }
  if (value.length !== axes) {
    throw new TfjsTrainingError(`${name} [${value.join(', ')}] has ${value.length} entries for ${axes} spatial axes.`, {
      code: 'wrong-shape',
      remedy: `Give one number, or one for each of the ${axes} axes.`,
    });
  }
  return value;
}

/** Refuses what is not `[batch, height, width, channels]` or `[batch, depth, height, width, channels]` in float32. */
export function assertActivation(x: Tensor, operation: string): void {
  if ((x.rank !== 4 && x.rank !== 5) || x.dtype !== 'float32') {
    throw new TfjsTrainingError(
      `${operation} was given ${x.dtype} of shape [${x.shape.join(', ')}]; it takes float32 of rank 4 or 5.`,
      {
        code: 'wrong-shape',
        remedy: 'Arrange images as [batch, height, width, channels], volumes with depth before height.',
      },
    );
  }
}

/** Refuses a parameter whose shape does not fit the activation. */
export function assertShape(tensor: Tensor, expected: readonly number[], what: string): void {
  if (tensor.rank !== expected.length || tensor.shape.some((size, i) => size !== expected[i])) {
    throw new TfjsTrainingError(
      `${what} has shape [${tensor.shape.join(', ')}] where [${expected.join(', ')}] is needed.`,
      { code: 'wrong-shape', remedy: 'Check the number of channels on both sides.' },
    );
  }
}
