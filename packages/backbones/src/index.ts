export { type Backbone, type FeatureStage, type RunBackboneOptions } from './backbone/backbone.js';
export { convolutionAndNorm, type ConvolutionAndNormOptions } from './backbone/convolution-and-norm.js';
export { type Layer } from './backbone/stages.js';
export { BackbonesError } from './errors.js';
export { type Classifier } from './classifier/classifier.js';
export { efficientnetLiteVersions, type EfficientnetLiteVersion } from './efficientnet-lite/architecture.js';
export {
  buildEfficientnetLite,
  type BuildEfficientnetLiteOptions,
  type EfficientnetLite,
} from './efficientnet-lite/build-efficientnet-lite.js';
export {
  efficientnetLiteBackbone,
  type EfficientnetLiteBackboneOptions,
} from './efficientnet-lite/efficientnet-lite-backbone.js';
export type { ResnetDepth } from './resnet/architecture.js';
export { buildResnet, type BuildResnetOptions, type Resnet } from './resnet/build-resnet.js';
export { estimateFlops, type EstimateFlopsOptions, type FlopsEstimate } from './resnet/estimate-flops.js';
export { loadWeights, type LoadWeightsOptions } from './classifier/load-weights.js';
export { resnetBackbone, type ResnetBackboneOptions } from './resnet/resnet-backbone.js';
export { backboneNames, parseBackboneName, type BackboneName } from './by-name/backbone-names.js';
export {
  backboneInitialiser,
  backboneWeights,
  buildBackbone,
  describeBackbone,
  type BuildBackboneOptions,
  type DescribeBackboneOptions,
} from './by-name/build-backbone.js';
export { buildClassifier, type BuildClassifierOptions } from './by-name/build-classifier.js';
export { foldBatchNorms, type FoldedNorm } from './backbone/fold-batch-norms.js';
export {
  type BackboneDescription,
  type BackboneStep,
  type ConvolutionStep,
} from './description/backbone-description.js';
