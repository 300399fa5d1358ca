export { TorchWeightsError } from './errors.js';
