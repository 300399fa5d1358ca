import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

import { hasOperationsForUse } from '../../native/fused-operations.js';
import { castNative, nativePrecisionOf } from '../../native/reduced-numbers.js';
import type { Precision } from '../../precision/precision.js';
import { withDeeper } from '../composed/convolution-for-use.js';
import { activate, type Activations } from '../contract/then-activated.js';
import type { ConvolutionForUse, Kernels } from '../contract/kernels.js';
import { convolve } from './convolution.js';
import { convolutionSteps, convolveDepthwise } from './depthwise-convolution.js';
import { execute } from './execute.js';

type ForUse = Pick<Kernels, 'prepareForUse' | 'convolveForUse'>;

/** One operation of our own for images in float32 and bfloat16; else TensorFlow's parts, one after the other. */
export function convolutionForUse(activations: Activations): ForUse {
  return {
    prepareForUse: (kernel, bias, { depthwise, precision }) => {
      if (takesOwn(kernel, precision)) {
        return [depthwise ? kernel : execute('FracturaPackKernel', [kernel])[0], bias];
      }
      return [kernel, bias].map((tensor) => (precision === 'float32' ? tensor : castNative(tensor, precision)));
    },
    convolveForUse: (x, [kernel, bias], convolution) => {
      if (takesOwn(x, nativePrecisionOf(x))) {
        return convolveInOne(x, kernel, bias, convolution);
      }
      const { geometry, depthwise, then, plus, deeper } = convolution;
      const convolved = (depthwise ? convolveDepthwise : convolve)(withDeeper(x, deeper), kernel, geometry);
      const [biased] = execute('BiasAdd', [convolved, bias], { strings: { data_format: 'NHWC' } });
      const activated = activate(biased, then, activations);
      return plus === undefined ? activated : tf.add(activated, plus);
    },
  };
}

const takesOwn = ({ rank }: Tensor, precision: Precision): boolean =>
  hasOperationsForUse() && rank === 4 && precision !== 'float16';

function convolveInOne(
  x: Tensor,
  kernel: Tensor,
  bias: Tensor,
  { geometry, depthwise, then, plus, deeper }: ConvolutionForUse,
): Tensor {
  const [rows, columns] = geometry.kernelSize;
  const steps = convolutionSteps(geometry);
  const attributes = { types: ['T', 'U'], floats: { ...then } };
  if (depthwise) {
    return execute('FracturaDepthwiseForUse', [x, kernel, bias], { ...attributes, integers: steps })[0];
  }
  const whole = { ...attributes, integers: { ...steps, rows, columns } };
  if (deeper !== undefined) {
    return execute('FracturaConvolutionJoined', [x, kernel, bias, deeper], whole)[0];
  }
  if (plus !== undefined) {
    return execute('FracturaConvolutionPlus', [x, kernel, bias, plus], whole)[0];
  }
  return execute('FracturaConvolution', [x, kernel, bias], whole)[0];
}
