import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

import { oneDnnLacksAvx512 } from '../../native/one-dnn.js';
import { nativePrecisionOf } from '../../native/reduced-numbers.js';
import type { ConvolutionGeometry } from '../../shapes/geometry.js';
import { composedKernels } from '../composed/composed-kernels.js';
import type { Kernels } from '../contract/kernels.js';
import { execute, type Attributes } from './execute.js';
import { convolveTiny, convolveTinyBackInput, convolveTinyBackKernel, isTiny } from './neighbourhood-product.js';

/** Where the padding is explicit, TensorFlow pads within its kernel and leaves oneDNN's out: no padded copy. */
const explicit = ({ strides, margins }: ConvolutionGeometry): Attributes => ({
  integers: {
    strides: [1, ...strides, 1],
    dilations: [1, 1, 1, 1],
    explicit_paddings: [0, 0, ...margins.flat(), 0, 0],
  },
  booleans: { use_cudnn_on_gpu: true },
  strings: { padding: 'EXPLICIT', data_format: 'NHWC' },
});

/** In bfloat16 TensorFlow's own kernels are slow, and 3D has no explicit padding. */
const takesExplicit = (x: Tensor): boolean => x.rank === 4 && oneDnnLacksAvx512() && nativePrecisionOf(x) === 'float32';

const isStrided = ({ strides }: ConvolutionGeometry): boolean => strides.some((stride) => stride > 1);

export const convolve: Kernels['convolve'] = (x, kernel, geometry) => {
  if (isTiny(x.shape, geometry)) {
    return convolveTiny(x, kernel, geometry);
  }
  if (takesExplicit(x) && isStrided(geometry)) {
    return execute('Conv2D', [x, kernel], explicit(geometry))[0];
  }
  return composedKernels.convolve(x, kernel, geometry);
};

export const convolveBackInput: Kernels['convolveBackInput'] = (dy, kernel, inputShape, geometry) => {
  if (isTiny(inputShape, geometry)) {
    return convolveTinyBackInput(dy, kernel, geometry);
  }
  return composedKernels.convolveBackInput(dy, kernel, inputShape, geometry);
};

/** oneDNN's kernel gradient of AVX2 falls behind TensorFlow's own with strides, deep maps, and large ones that leave the cache. */
function ownIsFaster(x: Tensor, geometry: ConvolutionGeometry): boolean {
  const channels = x.shape.at(-1)!;
  return isStrided(geometry) || channels >= 128 || (channels >= 32 && x.size > 2 ** 20);
}

export const convolveBackKernel: Kernels['convolveBackKernel'] = (x, dy, kernelShape, geometry) => {
  if (isTiny(x.shape, geometry)) {
    return convolveTinyBackKernel(x, dy, kernelShape, geometry);
  }
  if (takesExplicit(x) && ownIsFaster(x, geometry)) {
    const sizes = tf.tensor1d(kernelShape, 'int32');
    return execute('Conv2DBackpropFilter', [x, sizes, dy], explicit(geometry))[0];
  }
  return composedKernels.convolveBackKernel(x, dy, kernelShape, geometry);
};
