import type { Tensor4D } from '@tensorflow/tfjs';

import { fit } from './fit.js';
import { spreadOut } from './spread-out.js';

/** A 2D convolution, depthwise or not, as its gradients see it. */
export interface Convolution2D {
  strides: readonly [number, number];
  /** Zeros above and left of the input. */
  before: readonly [number, number];
}

export type Shape4D = [number, number, number, number];

/** dy, spread out by the strides, in the frame from which a turned kernel gives the gradient with respect to the input. */
export function frameForInput(
  dy: Tensor4D,
  kernelShape: Shape4D,
  inputShape: Shape4D,
  { strides, before }: Convolution2D,
): Tensor4D {
  const spread = spreadOut(dy, strides);
  const margins = [0, 1].map((axis): [number, number] => {
    const leading = kernelShape[axis] - 1 - before[axis];
    return [leading, inputShape[axis + 1] + kernelShape[axis] - 1 - leading - spread.shape[axis + 1]];
  });
  return fit(spread, margins);
}

/** The input in the frame that the kernel reached, for the gradient with respect to the kernel. */
export function frameForKernel(
  x: Tensor4D,
  dy: Tensor4D,
  kernelShape: Shape4D,
  { strides, before }: Convolution2D,
): Tensor4D {
  const margins = [0, 1].map((axis): [number, number] => {
    const reach = (dy.shape[axis + 1] - 1) * strides[axis] + kernelShape[axis];
    return [before[axis], reach - before[axis] - x.shape[axis + 1]];
  });
  return fit(x, margins);
}
