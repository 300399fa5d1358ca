export {
  calibrate,
  type Calibration,
  type OperatingPointName,
  type WantedOperatingPoints,
} from './calibration/calibrate.js';
export { decide } from './calibration/decide.js';
export { type Augmentation } from './data/augmentation.js';
export {
  type ClassifierImage,
  type ClassifierSample,
  type ImageSize,
  type LevelType,
  type StoredImage,
  type UnlabelledSample,
} from './data/classifier-sample.js';
export {
  crossValidate,
  type CrossValidatedFilm,
  type CrossValidateOptions,
  type OutOfFoldProbabilities,
} from './comparison/cross-validate.js';
export type { FilmInput } from './comparison/film-inputs.js';
export { cacheImages, type CacheImagesOptions } from './data/cache-images.js';
export { imagenetNormalisation, type Normalisation } from './data/normalisation.js';
export { Resnet18ClassifierError } from './errors.js';
export { loadClassifier, readClassifier } from './inference/load-classifier.js';
export {
  openClassifier,
  type Classifier,
  type ClassifierDescription,
  type Explanation,
  type ExplainOptions,
  type Prediction,
  type PredictOptions,
} from './inference/open-classifier.js';
export type { ExplanationMethod, GradCamOptions } from './inference/grad-cam.js';
export { balancedRecipe, type BalancedRecipeOptions } from './recipe/balanced.js';
export { originalRecipe } from './recipe/original.js';
export { plainRecipe, type PlainRecipeOptions } from './recipe/plain.js';
export { type ClassifierRecipe, type KeptEpoch, type StepPosition } from './recipe/recipe.js';
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
