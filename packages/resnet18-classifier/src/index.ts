export { type Augmentation } from './data/augmentation.js';
export {
  type ClassifierImage,
  type ClassifierSample,
  type ImageSize,
  type UnlabelledSample,
} from './data/classifier-sample.js';
export { imagenetNormalisation, type Normalisation } from './data/normalisation.js';
export { Resnet18ClassifierError } from './errors.js';
export {
  loadClassifier,
  type Classifier,
  type Explanation,
  type ExplainOptions,
  type Prediction,
  type PredictOptions,
} from './inference/load-classifier.js';
export { trainClassifier } from './training/train-classifier.js';
export {
  type ClassifierProgress,
  type EpochLog,
  type TrainClassifierOptions,
  type TrainedClassifier,
} from './training/training-options.js';
export { flipHorizontally, flipVertically } from './transforms/flip.js';
export { gaussianBlur } from './transforms/gaussian-blur.js';
export type { PixelImage } from '@fractura/radiograph';
export { rotate, type RotateOptions } from './transforms/rotate.js';
