import * as tf from '@tensorflow/tfjs';
import type { NamedAttrMap, Tensor, Tensor4D } from '@tensorflow/tfjs';

import { spatialShape, type ConvolutionGeometry } from '../../shapes/geometry.js';
import type { Kernels } from '../contract/kernels.js';
import { pad, unpad } from './padding.js';
import { paddedShape, placement } from './placement.js';

export const convolveDepthwise: Kernels['convolveDepthwise'] = (x, kernel, geometry) => {
  const { mode, first } = placement(spatialShape(x), geometry);
  const filter = tf.reshape(kernel, filterShape(kernel.shape));
  return tf.depthwiseConv2d(pad(x, first) as Tensor4D, filter as Tensor4D, pair(geometry.strides), mode);
};

export const convolveDepthwiseBackInput: Kernels['convolveDepthwiseBackInput'] = (dy, kernel, inputShape, geometry) => {
  const placed = placement(inputShape.slice(1, -1), geometry);
  const dPadded = tf
    .engine()
    .runKernel<Tensor>(
      'DepthwiseConv2dNativeBackpropInput',
      { dy, filter: tf.reshape(kernel, filterShape(kernel.shape)) },
      { ...kernelAttributes(geometry, placed.mode), inputShape: paddedShape(inputShape, placed) },
    );
  return unpad(dPadded, placed.first);
};

export const convolveDepthwiseBackKernel: Kernels['convolveDepthwiseBackKernel'] = (x, dy, kernelShape, geometry) => {
  const { mode, first } = placement(spatialShape(x), geometry);
  const dFilter = tf
    .engine()
    .runKernel<Tensor>(
      'DepthwiseConv2dNativeBackpropFilter',
      { x: pad(x, first), dy },
      { ...kernelAttributes(geometry, mode), filterShape: filterShape(kernelShape) },
    );
  return tf.reshape(dFilter, kernelShape);
};

/** PyTorch's `[channels, 1, kh, kw]` is `[kh, kw, 1, channels]` here, and `[kh, kw, channels, 1]` in TensorFlow's operations. */
const filterShape = ([height, width, , channels]: readonly number[]): number[] => [height, width, channels, 1];

const kernelAttributes = ({ strides }: ConvolutionGeometry, mode: 'same' | 'valid'): NamedAttrMap => ({
  strides: [...strides],
  pad: mode,
  dilations: [1, 1],
});

const pair = ([rows, columns]: readonly number[]): [number, number] => [rows, columns];
