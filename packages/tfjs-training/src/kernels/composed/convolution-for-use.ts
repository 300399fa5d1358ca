import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

import { spatialShape } from '../../shapes/geometry.js';
import { activate, type Activations } from '../contract/then-activated.js';
import type { Activation, ConvolutionForUse, Kernels } from '../contract/kernels.js';
import { convolve } from './convolution.js';
import { pad } from './padding.js';
import { placement } from './placement.js';
import { upsampleNearest } from './upsampling.js';

type ForUse = Pick<Kernels, 'prepareForUse' | 'convolveForUse'>;

/** TensorFlow.js's fused kernels, which every backend has; a 3D convolution by its parts. */
export function convolutionForUse(activations: Activations): ForUse {
  return {
    prepareForUse: (kernel, bias, { depthwise }) => [
      depthwise ? asDepthwiseFilter(kernel) : tf.clone(kernel),
      tf.clone(bias),
    ],
    convolveForUse: (x, [kernel, bias], { plus, deeper, ...convolution }) => {
      const output = convolveInOne(withDeeper(x, deeper), kernel, bias, convolution, activations);
      return plus === undefined ? output : tf.add(output, plus);
    },
  };
}

function convolveInOne(
  x: Tensor,
  kernel: Tensor,
  bias: Tensor,
  { geometry, depthwise, then }: ConvolutionForUse,
  activations: Activations,
): Tensor {
  if (x.rank !== 4) {
    return activate(tf.add(convolve(x, kernel, geometry), bias), then, activations);
  }
  const { mode, first } = placement(spatialShape(x), geometry);
  const attributes = {
    strides: [...geometry.strides],
    pad: mode,
    dataFormat: 'NHWC',
    dilations: [1, 1],
    activation: nameOf(then),
    leakyreluAlpha: then.slope,
  };
  const name = depthwise ? 'FusedDepthwiseConv2D' : 'FusedConv2D';
  return tf.engine().runKernel<Tensor>(name, { x: pad(x, first), filter: kernel, bias }, attributes);
}

/** A map and, before its channels, those of one of half the size. */
export const withDeeper = (x: Tensor, deeper: Tensor | undefined): Tensor =>
  deeper === undefined ? x : tf.concat([upsampleNearest(deeper, 2), x], -1);

/** `[kh, kw, 1, channels]` as TensorFlow's depthwise operations take it, `[kh, kw, channels, 1]`. */
function asDepthwiseFilter(kernel: Tensor): Tensor {
  const [height, width, , channels] = kernel.shape;
  return tf.reshape(kernel, [height, width, channels, 1]);
}

function nameOf({ slope, ceiling }: Activation): string {
  if (slope === 1) {
    return 'linear';
  }
  if (slope > 0) {
    return 'leakyrelu';
  }
  return ceiling === 6 ? 'relu6' : 'relu';
}
