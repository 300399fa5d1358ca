export { type Backbone, type FeatureStage, type RunBackboneOptions } from './backbone/backbone.js';
export { BackbonesError } from './errors.js';
export { resnetDepths, type ResnetDepth } from './resnet/architecture.js';
export { buildResnet, type BuildResnetOptions, type Resnet } from './resnet/build-resnet.js';
export { estimateFlops, type EstimateFlopsOptions, type FlopsEstimate } from './resnet/estimate-flops.js';
export { loadWeights, type LoadWeightsOptions } from './resnet/load-weights.js';
export { resnetBackbone, type ResnetBackboneOptions } from './resnet/resnet-backbone.js';
