import { castNative, nativePrecisionOf } from '../../engines/native/reduced-numbers.js';
import { composedKernels } from '../composed/composed-kernels.js';
import type { Kernels } from '../kernels.js';
import { convolve, convolveBackInput, convolveBackKernel } from './convolution.js';
import { execute } from './execute.js';
import { batchNormalise, instanceNormalise } from './normalisation.js';

/** TensorFlow's fused kernels where it has them, and the composed ones elsewhere. */
export const nativeKernels: Kernels = {
  ...composedKernels,
  precisionOf: nativePrecisionOf,
  cast: (x, precision) => (nativePrecisionOf(x) === precision ? x : castNative(x, precision)),
  convolve,
  convolveBackInput,
  convolveBackKernel,
  instanceNormalise,
  batchNormalise,
  addBias: (x, bias) => execute('BiasAdd', [x, bias], { strings: { data_format: 'NHWC' } })[0],
  sumOverPositions: (x) => execute('BiasAddGrad', [x], { strings: { data_format: 'NHWC' } })[0],
  reluBack: (dy, output) => execute('ReluGrad', [dy, output])[0],
  // The output has the input's sign, which is all that the gradient asks of it.
  leakyReluBack: (dy, output, slope) => execute('LeakyReluGrad', [dy, output], { floats: { alpha: slope } })[0],
};
