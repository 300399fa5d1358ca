export {
  engineOption,
  engineOptions,
  precisionOption,
  predictionPrecisionOption,
  startEngine,
} from './engine-options.js';
