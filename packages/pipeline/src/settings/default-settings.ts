import type { RunSettings } from './run-settings.js';

/** A few minutes on two cores, for the synthetic atlas: it shows that everything works and sets no record. */
export const syntheticSettings: RunSettings = {
  seed: 1234,
  size: 64,
  folds: 5,
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
  classifierEpochs: 6,
  classifierBatch: 16,
  syntheticFractured: 80,
  syntheticNormal: 160,
};

/** Half an hour on two slow cores for the 1,656 radiographs: a budget to begin with, far from nnU-Net's 250,000 iterations. */
export const radiographSettings: RunSettings = {
  ...syntheticSettings,
  size: 80,
  iterations: 30,
  mirroring: false,
  classifierEpochs: 3,
  classifierBatch: 32,
};
