export { TfjsTrainingError } from './errors.js';
export { crossEntropy, type CrossEntropyOptions } from './losses/cross-entropy.js';
export { leakyRelu, relu, relu6 } from './operations/activations.js';
export { add, concatenate, dense } from './operations/arithmetic.js';
export {
  batchNorm,
  type BatchNormOptions,
  type BatchNormParameters,
  type NormActivation,
} from './operations/batch-norm.js';
export { composed } from './operations/composed.js';
export { convolution, type ConvolutionOptions } from './operations/convolution.js';
export { depthwiseConvolution, type DepthwiseConvolutionOptions } from './operations/depthwise-convolution.js';
export { foldedConvolution, type FoldedConvolutionOptions } from './operations/folded-convolution.js';
export { clipFactor, globalNorm } from './operations/global-norm.js';
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
export { upsampleNearest } from './operations/upsampling.js';
export { adam, type AdamOptions } from './optimizers/adam.js';
export { adamw } from './optimizers/adamw.js';
export { nesterov, type NesterovOptions } from './optimizers/nesterov.js';
export { Optimizer, type OptimizerOptions, type ParameterSettings } from './optimizers/optimizer.js';
export { sgd, type SgdOptions } from './optimizers/sgd.js';
export { type StepSettings, type Update, type UpdateRule } from './optimizers/update-rule.js';
export {
  type BatchCounter,
  type NetworkState,
  type Parameter,
  type ParameterRole,
  type RunningStatistic,
  type StateEntry,
  type StatisticRole,
} from './parameters/network-state.js';
export { ParameterScope, zeros, type Initialiser } from './parameters/parameter-scope.js';
export { DerivedTensors } from './parameters/derived-tensors.js';
export {
  initialiserFrom,
  loadState,
  saveState,
  type LoadStateOptions,
  type StateDict,
  type StateTensor,
} from './parameters/state-dict.js';
export { fromTorchLayout, toTorchValues } from './parameters/torch-layout.js';
export { choosePrecision } from './precision/choose-precision.js';
export { reduceKernels } from './training/reduce-kernels.js';
export { precisionChoices, precisions, type Precision, type PrecisionChoice } from './precision/precision.js';
export { type MaxPoolOptions, type Padding } from './shapes/geometry.js';
export { isDifferentiating } from './tape/current-tape.js';
export { differentiate, type Differentiated, type DifferentiateOptions } from './tape/differentiate.js';
export { inSequence } from './tape/in-sequence.js';
export { infer, type InferOptions } from './tape/infer.js';
export { AveragedWeights, type AveragedWeightsOptions } from './training/averaged-weights.js';
export { StatisticsEstimate } from './training/statistics-estimate.js';
export { scheduledLearningRate, type LearningRateSchedule } from './training/learning-rate.js';
export { MixedPrecision, type LossScale, type MixedGradients } from './training/mixed-precision.js';
export { trainingStep, type TrainingStepOptions } from './training/training-step.js';
