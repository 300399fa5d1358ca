export { TfjsTrainingError } from './errors.js';
export { crossEntropy } from './losses/cross-entropy.js';
export { leakyRelu, relu } from './operations/activations.js';
export { add, concatenate, dense } from './operations/arithmetic.js';
export { batchNorm, type BatchNormOptions, type BatchNormParameters } from './operations/batch-norm.js';
export { composed } from './operations/composed.js';
export { convolution, type ConvolutionOptions } from './operations/convolution.js';
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
export { adam, type AdamOptions } from './optimizers/adam.js';
export { nesterov, type NesterovOptions } from './optimizers/nesterov.js';
export { Optimizer } from './optimizers/optimizer.js';
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
export { precisionChoices, precisions, type Precision, type PrecisionChoice } from './precision/precision.js';
export { type MaxPoolOptions } from './shapes/geometry.js';
export { differentiate, type Differentiated, type DifferentiateOptions } from './tape/differentiate.js';
export { inSequence } from './tape/in-sequence.js';
export { infer } from './tape/infer.js';
export { scheduledLearningRate, type LearningRateSchedule } from './training/learning-rate.js';
export { MixedPrecision, type LossScale, type MixedGradients } from './training/mixed-precision.js';
export { trainingStep, type TrainingStepOptions } from './training/training-step.js';
export { composedKernels } from './kernels/composed/composed-kernels.js';
export { maxPoolBack } from './kernels/composed/pooling.js';
export { execute } from './kernels/native/execute.js';
export { instanceNormaliseFused } from './kernels/native/fused-normalisation.js';
export { nativeKernels } from './kernels/native/native-kernels.js';
export { instanceNormalise } from './kernels/native/normalisation.js';
export { nativeBackend } from './machine/native-backend.js';
export { vectorInstructions, processorFlags } from './machine/processor-flags.js';
export { announceFusedOperations, hasFusedOperations } from './native/fused-operations.js';
export { announceOneDnnWithoutAvx512 } from './native/one-dnn.js';
export { supportReducedNumbers, castNative, nativePrecisionOf } from './native/reduced-numbers.js';
export { bfloat16Instructions } from './precision/bfloat16-instructions.js';
export {
  findCheckpoint,
  checkpointFile,
  clearUnfinishedCheckpoints,
  removeCheckpoint,
  type CheckpointName,
} from './checkpoints/checkpoint-files.js';
export { readCheckpoint, requireCheckpoint } from './checkpoints/read-checkpoint.js';
export { toStateDict, readWeights } from './checkpoints/read-weights.js';
export { refuseOtherArguments } from './checkpoints/refuse-other-arguments.js';
export { writeCheckpoint, type Checkpoint, saveCheckpoint } from './checkpoints/write-checkpoint.js';
