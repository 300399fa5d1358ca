import { resolveSettings, syntheticSettings } from '../../src/index.js';

/** A run so small that it learns nothing. */
export const tinySettings = {
  size: 32,
  folds: 2,
  epochs: 1,
  iterations: 3,
  batch: 2,
  classifierSize: 32,
  classifierEpochs: 1,
  classifierParts: 'published' as const,
  mirroring: false,
  syntheticFractured: 24,
  syntheticNormal: 26,
};

/** All settings of that run. */
export const tinyStudy = resolveSettings(syntheticSettings, tinySettings);
