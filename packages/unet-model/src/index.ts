export { UnetModelError } from './errors.js';
export { type AugmentationName } from './augmentation/augmentation-setup.js';
export { type PreprocessedCase } from './data/preprocessed-case.js';
export { appendOneHot } from './data/one-hot.js';
export { shareCase } from './data/shared-case.js';
export { keepLargestComponent, type KeepLargestComponentOptions } from './inference/keep-largest-component.js';
export { loadNetwork, type LoadNetworkOptions } from './inference/load-network.js';
export { predictLogits, type PredictLogitsOptions } from './inference/predict-logits.js';
export { buildUnet, type BuildUnetOptions, type Unet } from './network/build-unet.js';
export { estimateFlops, type EstimateFlopsOptions, type FlopsEstimate } from './network/estimate-flops.js';
export { stateDictNames } from './network/state-dict-names.js';
export {
  readUnetCheckpoint,
  type CheckpointRecord,
  type ReadUnetCheckpointOptions,
  type TrainingArguments,
  type TrainingState,
  type UnetCheckpoint,
} from './training/checkpoint.js';
export { measureTraining, type MeasuredTraining, type MeasureTrainingOptions } from './training/measure-training.js';
export { trainFold } from './training/train-fold.js';
export { type TrainingLog } from './training/training-log.js';
export {
  type FinishedEpoch,
  type TrainedFold,
  type TrainFoldOptions,
  type TrainingProgress,
} from './training/training-options.js';
export { encodeGraphModel, type EncodedGraphModel, type EncodeGraphModelOptions } from './export/encode-graph-model.js';
export { encodeOnnx, type EncodeOnnxOptions } from './export/encode-onnx.js';
