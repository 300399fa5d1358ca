import type { RandomState } from '@fractura/python-compat';
import { channelsOf, type Sample } from '../data/crop-patch.js';
import { appendOneHot } from '../data/one-hot.js';
import type { AugmentationSetup } from './augmentation-setup.js';
import { changeShapes } from './cascade/change-shapes.js';
import { removeRandomComponents } from './cascade/remove-component.js';

/**
 * Appends the labels of a cascade's previous stage to the image, one channel for each foreground label. nnU-Net's set of
 * augmentation then changes these channels at random: shapes with probability 0.4, then components with probability 0.2.
 *
 * Where the configuration has no previous stage the image stays as it is.
 *
 * @see nnU-Net: batchgeneratorsv2/transforms/nnunet/seg_to_onehot.py, MoveSegAsOneHotToDataTransform;
 *   nnunetv2/training/nnUNetTrainer/nnUNetTrainer.py, get_training_transforms
 */
export function addPreviousStageChannels(
  { image, labels, previousStage, channels, size }: Sample,
  random: RandomState,
  { name, previousStageLabels, networkAxes }: AugmentationSetup,
): Sample {
  if (previousStageLabels.length === 0 || !previousStage) {
    return { image, labels, channels, size };
  }
  const extended = {
    image: appendOneHot(image, previousStage, previousStageLabels),
    labels,
    size,
    channels: channels + previousStageLabels.length,
  };
  if (name !== 'default') {
    return extended;
  }
  const added = channelsOf(extended).slice(channels);
  if (random.randomSample() < 0.4) {
    changeShapes(added, size, random, networkAxes.length === 2);
  }
  if (random.randomSample() < 0.2) {
    removeRandomComponents(added, size, random);
  }
  return extended;
}
