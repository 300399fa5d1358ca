import type { Tensor } from '@tensorflow/tfjs';

import { TfjsTrainingError } from '../errors.js';

/** Sizes of a convolution per spatial axis (height, width or depth, height, width). */
export interface ConvolutionGeometry {
  kernelSize: readonly number[];
  strides: readonly number[];
  /** Zeros put before and after the input along each axis. */
  margins: readonly Margin[];
}

/** So many positions before the first and after the last. */
export type Margin = readonly [before: number, after: number];

/**
 * How a convolution pads: zeros on both sides of each axis, one number or one per axis; or TensorFlow's SAME, which gives
 * ceil(size / stride) positions and puts the odd zero behind.
 */
export type Padding = 'same' | number | readonly number[];

/**
 * The geometry of a convolution of x; without a padding, (k - 1) / 2 rounded down on both sides, as PyTorch's `padding=(k-1)//2`.
 *
 * @throws TfjsTrainingError `wrong-shape` where not even one window fits.
 */
export function geometryOf(
  x: Tensor,
  kernelSize: readonly number[],
  { strides, padding }: { strides: number | readonly number[]; padding?: Padding },
): ConvolutionGeometry {
  const size = spatialShape(x);
  const steps = perAxis(strides, size.length, 'strides');
  const geometry = { kernelSize, strides: steps, margins: marginsOf(padding, size, kernelSize, steps) };
  assertOutputIsNotEmpty(x, geometry);
  return geometry;
}

function marginsOf(
  padding: Padding | undefined,
  size: readonly number[],
  kernelSize: readonly number[],
  strides: readonly number[],
): readonly Margin[] {
  if (padding === 'same') {
    return sameMargins(size, kernelSize, strides);
  }
  const both =
    padding === undefined ? kernelSize.map((k) => Math.floor((k - 1) / 2)) : perAxis(padding, size.length, 'padding');
  return both.map((n) => [n, n]);
}

function assertOutputIsNotEmpty(x: Tensor, { kernelSize, margins }: ConvolutionGeometry): void {
  spatialShape(x).forEach((size, axis) => {
    const [before, after] = margins[axis];
    if (size + before + after < kernelSize[axis]) {
      throw new TfjsTrainingError(
        `A kernel of size [${kernelSize.join(', ')}] does not fit an input of shape [${x.shape.join(', ')}] padded by [${margins.join('; ')}].`,
        { code: 'wrong-shape', remedy: 'Give a larger input or more padding.' },
      );
    }
  });
}

/** @see TensorFlow: tensorflow/core/framework/kernel_shape_util.cc, GetWindowedOutputSizeVerbose (SAME) */
export function sameMargins(
  size: readonly number[],
  kernelSize: readonly number[],
  strides: readonly number[],
): readonly Margin[] {
  return size.map((n, axis) => {
    const needed = (Math.ceil(n / strides[axis]) - 1) * strides[axis] + kernelSize[axis] - n;
    const before = Math.floor(Math.max(needed, 0) / 2);
    return [before, Math.max(needed, 0) - before];
  });
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
