import type { SettingName } from '../settings/run-settings.js';

/** What a search can tune. */
export const searchTargets = ['segmentation', 'classifier'] as const;
export type SearchTarget = (typeof searchTargets)[number];

/** What a target's trainings depend on, and what they are measured by; the higher, the better. */
export interface TargetRules {
  /** The settings that may be searched. */
  settings: readonly SettingName[];
  /** The setting that is a training's length. */
  length: 'epochs' | 'classifierEpochs';
  /** What a score is. */
  measure: string;
}

export const targetRules: Record<SearchTarget, TargetRules> = {
  segmentation: {
    settings: [
      ...(['size', 'fit', 'segmentationNormals', 'recipe', 'encoder', 'planFor', 'epochs', 'iterations'] as const),
      ...(['validationIterations', 'batch', 'augmentation', 'learningRate', 'momentum'] as const),
      ...(['precision', 'mirroring'] as const),
    ],
    length: 'epochs',
    measure: 'mean Dice of the folds’ validation cases',
  },
  classifier: {
    settings: [
      ...(['fit', 'classifierSize', 'classifierEpochs', 'classifierBatch', 'classifierNetwork'] as const),
      ...(['classifierLearningRate', 'precision'] as const),
    ],
    length: 'classifierEpochs',
    measure: 'mean AUC of the folds',
  },
};
