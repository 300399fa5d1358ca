export { TfjsTrainingError } from './errors.js';
export { composedKernels } from './kernels/composed/composed-kernels.js';
export { maxPoolBack } from './kernels/composed/pooling.js';
export { execute } from './kernels/native/execute.js';
export { instanceNormaliseFused } from './kernels/native/fused-normalisation.js';
export { nativeKernels } from './kernels/native/native-kernels.js';
export { instanceNormalise } from './kernels/native/normalisation.js';
export { fusedOperationsAreThere, hasFusedOperations } from './native/fused-operations.js';
export { turnOnOneDnn } from './native/one-dnn.js';
export { vectorInstructions, processorFlags } from './native/processor-flags.js';
export { takeReducedNumbers, castNative, nativePrecisionOf } from './native/reduced-numbers.js';
export { leakyRelu, relu } from './operations/activations.js';
export { add, concatenate, dense } from './operations/arithmetic.js';
export { batchNorm, type BatchNormOptions, type BatchNormParameters } from './operations/batch-norm.js';
export { composed } from './operations/composed.js';
export { convolution, type ConvolutionOptions } from './operations/convolution.js';
export { type MaxPoolOptions } from './operations/geometry.js';
export { globalNorm } from './operations/global-norm.js';
export { instanceNorm, type InstanceNormOptions } from './operations/instance-norm.js';
export {
  adamFactors,
  adamUpdate,
  nesterovFactors,
  nesterovUpdate,
  type AdamFactors,
  type NesterovFactors,
} from './operations/optimizer-updates.js';
export { averagePool, globalAveragePool, maxPool, type AveragePoolOptions } from './operations/pooling.js';
export { transposedConvolution, type TransposedConvolutionOptions } from './operations/transposed-convolution.js';
export { bfloat16Instructions } from './precision/bfloat16-instructions.js';
export { choosePrecision } from './precision/choose-precision.js';
export { MixedPrecision, type LossScale, type MixedGradients } from './precision/mixed-precision.js';
export { precisionChoices, precisions, type Precision, type PrecisionChoice } from './precision/precision.js';
export { differentiate, type Differentiated, type DifferentiateOptions } from './tape/differentiate.js';
export { inSequence } from './tape/in-sequence.js';
export { infer } from './tape/infer.js';
export { nativeBackend } from './native/native-backend.js';
