export { BackbonesError } from './errors.js';
export { type ResnetDepth, resnetDepths } from './resnet/architecture.js';
export { buildResnet, type BuildResnetOptions, type Resnet } from './resnet/build-resnet.js';
export { estimateFlops, type EstimateFlopsOptions, type FlopsEstimate } from './resnet/estimate-flops.js';
export { type BatchCounter, type StateTensor, fromTorchLayout, toTorchValues } from './resnet/state-scope.js';
export {
  loadWeights,
  loadWeightsFile,
  saveWeights,
  type LoadWeightsOptions,
  type WeightTensors,
} from './resnet/weights.js';
