import type { RunSettings } from './run-settings.js';

/** A few minutes on two cores, for the synthetic atlas: it shows that everything works and sets no record. */
export const syntheticSettings: RunSettings = {
  seed: 1234,
  size: 64,
  fit: 'stretch',
  segmentationNormals: 0,
  heldOutPart: 'random',
  folds: 5,
  recipe: 'nnunet',
  encoder: 'efficientnet-lite0',
  hours: 0,
  planFor: 'cpu',
  epochs: 4,
  iterations: 12,
  validationIterations: 0,
  batch: 8,
  // A few epochs are too short for nnU-Net's full augmentation.
  augmentation: 'light',
  learningRate: 0.1,
  momentum: 0.9,
  precision: 'auto',
  mirroring: true,
  classifierSize: 0,
  classifierEpochs: 6,
  classifierBatch: 16,
  syntheticFractured: 80,
  syntheticNormal: 160,
};

/** An hour for the 1,656 radiographs: a budget to begin with, far from nnU-Net's 250,000 iterations. */
export const radiographSettings: RunSettings = {
  ...syntheticSettings,
  size: 448,
  fit: 'letterbox',
  segmentationNormals: 1.6,
  heldOutPart: 'official',
  recipe: 'small-lesions',
  hours: 1,
  epochs: 20,
  iterations: 20,
  validationIterations: 1,
  learningRate: 0,
  mirroring: false,
  classifierSize: 80,
  classifierEpochs: 3,
  classifierBatch: 32,
};
