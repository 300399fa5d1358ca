import * as tf from '@tensorflow/tfjs';

import { hasFusedOperations } from '../../native/fused-operations.js';
import { castNative, nativePrecisionOf } from '../../native/reduced-numbers.js';
import { composedKernels } from '../composed/composed-kernels.js';
import { normaliseWith } from '../composed/normalisation.js';
import type { Kernels } from '../contract/kernels.js';
import { thenActivated, type Activations } from '../contract/then-activated.js';
import { convolve, convolveBackInput, convolveBackKernel } from './convolution.js';
import { convolutionForUse } from './convolution-for-use.js';
import { convolveDepthwise, convolveDepthwiseBackInput, convolveDepthwiseBackKernel } from './depthwise-convolution.js';
import { execute } from './execute.js';
import { batchNormaliseFused, instanceNormaliseFused, normaliseWithFused } from './fused-normalisation.js';
import { maxPool, maxPoolBack } from './pooling.js';
import { batchNormalise, instanceNormalise } from './normalisation.js';
import { takesFused } from './takes-fused.js';

const activations: Activations = {
  relu: composedKernels.relu,
  reluBack: (dy, output) => execute('ReluGrad', [dy, output])[0],
  relu6: composedKernels.relu6,
  relu6Back: (dy, output) => execute('Relu6Grad', [dy, output])[0],
  leakyRelu: composedKernels.leakyRelu,
  // The output has the input's sign, which is all that the gradient asks of it.
  leakyReluBack: (dy, output, slope) => execute('LeakyReluGrad', [dy, output], { floats: { alpha: slope } })[0],
};
const instanceNormaliseByParts = thenActivated(instanceNormalise, activations);
const normaliseWithByParts = thenActivated(normaliseWith, activations);
const batchNormaliseByParts = thenActivated(batchNormalise, activations);

/** TensorFlow's fused kernels where there are any, our own operations where they are registered, the composed kernels elsewhere. */
export const nativeKernels: Kernels = {
  ...composedKernels,
  ...activations,
  precisionOf: nativePrecisionOf,
  cast: (x, precision) => (nativePrecisionOf(x) === precision ? x : castNative(x, precision)),
  convolve,
  convolveBackInput,
  convolveBackKernel,
  convolveDepthwise,
  convolveDepthwiseBackInput,
  convolveDepthwiseBackKernel,
  instanceNormalise: (...given) =>
    takesFused(given[0]) ? instanceNormaliseFused(...given) : instanceNormaliseByParts(...given),
  batchNormalise: (...given) =>
    takesFused(given[0]) ? batchNormaliseFused(...given) : batchNormaliseByParts(...given),
  normaliseWith: (...given) => (takesFused(given[0]) ? normaliseWithFused(...given) : normaliseWithByParts(...given)),
  addBias: (x, bias) => execute('BiasAdd', [x, bias], { strings: { data_format: 'NHWC' } })[0],
  ...convolutionForUse(activations),
  sumOfSquares: (x) => tf.mul(execute('L2Loss', [x])[0], 2),
  nesterovUpdate: (...given) => {
    if (!hasFusedOperations()) {
      return composedKernels.nesterovUpdate(...given);
    }
    const [weights, momenta] = execute('FracturaNesterov', given, {}, 2);
    return [weights, momenta];
  },
  adamUpdate: (...given) => {
    if (!hasFusedOperations()) {
      return composedKernels.adamUpdate(...given);
    }
    const [weights, means, squares] = execute('FracturaAdam', given, {}, 3);
    return [weights, means, squares];
  },
  maxPool,
  maxPoolBack,
  sumOverPositions: (x) => execute('BiasAddGrad', [x], { strings: { data_format: 'NHWC' } })[0],
};
