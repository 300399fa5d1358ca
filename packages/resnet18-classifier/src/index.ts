export { Resnet18ClassifierError } from './errors.js';
