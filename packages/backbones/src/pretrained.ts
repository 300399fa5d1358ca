export { fetchWeights, type FetchedWeights, type FetchWeightsOptions } from './pretrained/fetch-weights.js';
export {
  listWeights,
  pretrainedWeights,
  requirePretrainedWeights,
  type CacheOptions,
  type ListedWeights,
} from './pretrained/pretrained-weights.js';
export { publishedWeights, type PublishedWeights, type WeightsSource } from './pretrained/published-weights.js';
