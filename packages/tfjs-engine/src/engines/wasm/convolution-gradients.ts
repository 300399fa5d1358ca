import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';

import { fit } from './fit.js';
import { spreadOut } from './spread-out.js';

/** A 2D convolution as its gradients see it. */
export interface Convolution2D {
  strides: readonly [number, number];
  /** Zeros above and left of the input. */
  before: readonly [number, number];
}

/**
 * The gradient with respect to the input: a convolution of dy, spread out by the strides, with the kernel turned by 180 degrees
 * and its channels exchanged.
 */
export function convolve2DBackInput(
  dy: Tensor4D,
  kernel: Tensor4D,
  inputShape: readonly [number, number, number, number],
  { strides, before }: Convolution2D,
): Tensor4D {
  const turned = tf.transpose(tf.reverse(kernel, [0, 1]), [0, 1, 3, 2]);
  const spread = spreadOut(dy, strides);
  const margins = [0, 1].map((axis): [number, number] => {
    const leading = kernel.shape[axis] - 1 - before[axis];
    return [leading, inputShape[axis + 1] + kernel.shape[axis] - 1 - leading - spread.shape[axis + 1]];
  });
  return tf.conv2d(fit(spread, margins), turned, 1, 'valid');
}

/**
 * The gradient with respect to the kernel: a convolution whose batch are the input channels, whose channels are the samples, and
 * whose kernel is dy, dilated by the strides.
 */
export function convolve2DBackKernel(
  x: Tensor4D,
  dy: Tensor4D,
  kernelShape: readonly [number, number, number, number],
  { strides, before }: Convolution2D,
): Tensor4D {
  const margins = [0, 1].map((axis): [number, number] => {
    const reach = (dy.shape[axis + 1] - 1) * strides[axis] + kernelShape[axis];
    return [before[axis], reach - before[axis] - x.shape[axis + 1]];
  });
  const channelsAsBatch = tf.transpose(fit(x, margins), [3, 1, 2, 0]);
  const dyAsKernel = tf.transpose(dy, [1, 2, 0, 3]);
  const [sy, sx] = strides;
  return tf.transpose(tf.conv2d(channelsAsBatch, dyAsKernel, 1, 'valid', 'NHWC', [sy, sx]), [1, 2, 0, 3]);
}
