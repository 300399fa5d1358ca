import * as tf from '@tensorflow/tfjs';
import type { NamedAttrMap, Tensor, Tensor4D, Tensor5D } from '@tensorflow/tfjs';

import type { ConvolutionGeometry } from '../../shapes/geometry.js';
import { pad, unpad } from './padding.js';

/** TensorFlow's SAME is our symmetric padding where nothing is skipped and the kernel is odd; else the input is padded first. */
function placement({ kernelSize, strides, padding }: ConvolutionGeometry): {
  mode: 'same' | 'valid';
  before: readonly number[];
} {
  const isSame = kernelSize.every((k, axis) => strides[axis] === 1 && k === 2 * padding[axis] + 1);
  return isSame ? { mode: 'same', before: padding.map(() => 0) } : { mode: 'valid', before: padding };
}

export function convolve(x: Tensor, kernel: Tensor, geometry: ConvolutionGeometry): Tensor {
  const { mode, before } = placement(geometry);
  const padded = pad(x, before);
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
  const { mode, before } = placement(geometry);
  const paddedShape = inputShape.map((n, axis) => n + 2 * (before[axis - 1] ?? 0));
  const attributes = { ...kernelAttributes(geometry, mode), inputShape: paddedShape };
  const dPadded = tf
    .engine()
    .runKernel<Tensor>(
      kernel.rank === 4 ? 'Conv2DBackpropInput' : 'Conv3DBackpropInputV2',
      { dy, filter: kernel },
      attributes,
    );
  return unpad(dPadded, before);
}

export function convolveBackKernel(
  x: Tensor,
  dy: Tensor,
  kernelShape: number[],
  geometry: ConvolutionGeometry,
): Tensor {
  const { mode, before } = placement(geometry);
  const padded = pad(x, before);
  const attributes = { ...kernelAttributes(geometry, mode), filterShape: kernelShape };
  return tf
    .engine()
    .runKernel<Tensor>(x.rank === 4 ? 'Conv2DBackpropFilter' : 'Conv3DBackpropFilterV2', { x: padded, dy }, attributes);
}

function kernelAttributes({ strides }: ConvolutionGeometry, mode: 'same' | 'valid'): NamedAttrMap {
  const attributes = { strides: [...strides], pad: mode };
  return strides.length === 2 ? { ...attributes, dataFormat: 'NHWC' } : attributes;
}
