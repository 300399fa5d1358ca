import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';

import { frameForInput, frameForKernel, type Convolution2D, type Shape4D } from './gradient-frames.js';

/**
 * The gradient with respect to the input: a convolution of dy, spread out by the strides, with the kernel turned by 180 degrees
 * and its channels exchanged.
 */
export function convolve2DBackInput(
  dy: Tensor4D,
  kernel: Tensor4D,
  inputShape: Shape4D,
  convolution: Convolution2D,
): Tensor4D {
  const turned = tf.transpose(tf.reverse(kernel, [0, 1]), [0, 1, 3, 2]);
  return tf.conv2d(frameForInput(dy, kernel.shape, inputShape, convolution), turned, 1, 'valid');
}

/**
 * The gradient with respect to the kernel: a convolution whose batch are the input channels, whose channels are the samples, and
 * whose kernel is dy, dilated by the strides.
 */
export function convolve2DBackKernel(
  x: Tensor4D,
  dy: Tensor4D,
  kernelShape: Shape4D,
  convolution: Convolution2D,
): Tensor4D {
  const channelsAsBatch = tf.transpose(frameForKernel(x, dy, kernelShape, convolution), [3, 1, 2, 0]);
  const dyAsKernel = tf.transpose(dy, [1, 2, 0, 3]);
  const [sy, sx] = convolution.strides;
  return tf.transpose(tf.conv2d(channelsAsBatch, dyAsKernel, 1, 'valid', 'NHWC', [sy, sx]), [1, 2, 0, 3]);
}
