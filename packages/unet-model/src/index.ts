export { UnetModelError } from './errors.js';
export { type AugmentationName } from './augmentation/augmentation-setup.js';
export { type FilmAugmentation } from './augmentation/film-augmentation.js';
export { type Batch } from './batches/batch.js';
export {
  type BatchContext,
  type BatchMaker,
  type BatchMethod,
  type FilmMethod,
  type ModuleMethod,
  type PatchMethod,
} from './batches/batch-method.js';
export { type PreprocessedCase } from './data/preprocessed-case.js';
export { appendOneHot } from './data/one-hot.js';
export { shareCase } from './data/shared-case.js';
export { keepLargestComponent, type KeepLargestComponentOptions } from './inference/keep-largest-component.js';
export { loadNetwork, type LoadNetworkOptions } from './inference/load-network.js';
export { type ForeignNetwork, type PredictedLogits } from './inference/foreign-network.js';
export { predictLogits, type PredictLogitsOptions } from './inference/predict-logits.js';
export { buildBackboneUnet, type BackboneUnet, type BuildBackboneUnetOptions } from './network/build-backbone-unet.js';
export { completeArchitecture, type BackboneUnetArchitecture } from './network/backbone-unet-architecture.js';
export {
  buildNetwork,
  type BackboneChoice,
  type BuildNetworkOptions,
  type NetworkChoice,
} from './network/build-network.js';
export { buildUnet, type BuildUnetOptions, type Unet } from './network/build-unet.js';
export { estimateFlops, type EstimateFlopsOptions, type FlopsEstimate } from './network/estimate-flops.js';
export {
  type NetworkArchitecture,
  type RunNetworkOptions,
  type PredictingNetwork,
  type SegmentationNetwork,
  type SegmentationOutput,
} from './network/segmentation-network.js';
export { networkTensors } from './network/network-tensors.js';
export { stateDictNames } from './network/state-dict-names.js';
export { type LossContext } from './loss/loss-context.js';
export { lesionLoss, type LesionLossOptions } from './loss/lesion-loss.js';
export { nnunetRecipe, type NnunetRecipeOptions } from './recipe/nnunet.js';
export { type Recipe, type StepPosition } from './recipe/recipe.js';
export { smallLesionsEncoder, smallLesionsRecipe, type SmallLesionsOptions } from './recipe/small-lesions.js';
export {
  parseUnetRecord,
  readUnetCheckpoint,
  type CheckpointRecord,
  type ReadUnetCheckpointOptions,
  type TrainingArguments,
  type TrainingState,
  type UnetCheckpoint,
} from './training/checkpoint.js';
export { measureTraining, type MeasuredTraining, type MeasureTrainingOptions } from './training/measure-training.js';
export { trainFold } from './training/train-fold.js';
export type { EpochExample } from './training/epoch-example.js';
export { type TrainingLog } from './training/training-log.js';
export {
  type FinishedEpoch,
  type TrainedFold,
  type TrainFoldOptions,
  type TrainingProgress,
} from './training/training-options.js';
export { encodeGraphModel, type EncodedGraphModel, type EncodeGraphModelOptions } from './export/encode-graph-model.js';
export {
  encodeWeights,
  kernelTypes,
  type EncodedWeight,
  type KernelType,
  type WeightToEncode,
} from './export/encode-weights.js';
export { encodeOnnx, type EncodeOnnxOptions } from './export/encode-onnx.js';
