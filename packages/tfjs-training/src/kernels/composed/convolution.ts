import * as tf from '@tensorflow/tfjs';
import type { NamedAttrMap, Tensor, Tensor4D, Tensor5D } from '@tensorflow/tfjs';

import { spatialShape, type ConvolutionGeometry } from '../../shapes/geometry.js';
import { pad, unpad } from './padding.js';
import { paddedShape, placement } from './placement.js';

export function convolve(x: Tensor, kernel: Tensor, geometry: ConvolutionGeometry): Tensor {
  const { mode, first } = placement(spatialShape(x), geometry);
  const padded = pad(x, first);
  return x.rank === 4
    ? tf.conv2d(padded as Tensor4D, kernel as Tensor4D, [...geometry.strides] as [number, number], mode)
    : tf.conv3d(padded as Tensor5D, kernel as Tensor5D, [...geometry.strides] as [number, number, number], mode);
}

export function convolveBackInput(
  dy: Tensor,
  kernel: Tensor,
  inputShape: number[],
  geometry: ConvolutionGeometry,
): Tensor {
  const placed = placement(inputShape.slice(1, -1), geometry);
  const attributes = { ...kernelAttributes(geometry, placed.mode), inputShape: paddedShape(inputShape, placed) };
  const dPadded = tf
    .engine()
    .runKernel<Tensor>(
      kernel.rank === 4 ? 'Conv2DBackpropInput' : 'Conv3DBackpropInputV2',
      { dy, filter: kernel },
      attributes,
    );
  return unpad(dPadded, placed.first);
}

export function convolveBackKernel(
  x: Tensor,
  dy: Tensor,
  kernelShape: number[],
  geometry: ConvolutionGeometry,
): Tensor {
  const { mode, first } = placement(spatialShape(x), geometry);
  const padded = pad(x, first);
  const attributes = { ...kernelAttributes(geometry, mode), filterShape: kernelShape };
  return tf
    .engine()
    .runKernel<Tensor>(x.rank === 4 ? 'Conv2DBackpropFilter' : 'Conv3DBackpropFilterV2', { x: padded, dy }, attributes);
}

function kernelAttributes({ strides }: ConvolutionGeometry, mode: 'same' | 'valid'): NamedAttrMap {
  const attributes = { strides: [...strides], pad: mode };
  return strides.length === 2 ? { ...attributes, dataFormat: 'NHWC' } : attributes;
}
