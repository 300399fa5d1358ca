import type { RunSettings } from './settings.js';

const explanations: Record<keyof RunSettings, string> = {
  seed: 'Seed of every random choice; the same seed, engine and data give the same result.',
  size: 'Width and height of the images that the networks see, in pixels.',
  folds: "Folds of the segmentation's cross-validation.",
  planFor: "gpu trains nnU-Net's own plan; cpu one with half the features or fewer, a quarter of the work.",
  epochs: 'Epochs of each fold. nnU-Net trains 1000.',
  iterations: 'Training iterations of one epoch. nnU-Net does 250.',
  batch: "Images of one iteration; 0 takes the plan's.",
  learningRate: 'Initial learning rate of the segmentation. nnU-Net: 0.01.',
  momentum: 'Nesterov momentum of the segmentation. nnU-Net: 0.99, which wants long training.',
  precision:
    'Numbers of the training: auto, float32, bfloat16 or float16; auto is bfloat16 where the processor computes with it.',
  mirroring: 'Predictions average over mirrored images: four times the time, a little better.',
  classifierEpochs: 'Epochs of each of the three classifiers.',
  classifierBatch: 'Images of one iteration of a classifier.',
  syntheticFractured: 'Fractured images of the synthetic atlas (used without --data).',
  syntheticNormal: 'Normal images of the synthetic atlas (used without --data).',
};

/** A settings file (YAML) with every setting, its value, and what it does. */
export function settingsTemplate(settings: RunSettings): string {
  const lines = Object.entries(explanations).map(
    ([name, explanation]) => `# ${explanation}\n${name}: ${String(settings[name as keyof RunSettings])}\n`,
  );
  return `# Settings of fractura run: fractura run --config THIS_FILE\n\n${lines.join('\n')}`;
}
