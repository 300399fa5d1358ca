import type { RandomState } from '@fractura/python-compat';
import { channelsOf, type Sample } from '../data/crop-patch.js';
import { appendOneHot } from '../data/one-hot.js';
import type { AugmentationSetup } from './augmentation-setup.js';
import { changeShapes } from './cascade/change-shapes.js';
import { removeRandomComponents } from './cascade/remove-component.js';

/**
 * Makes the labels of the previous stage channels behind those of the image, one for each foreground label, and with nnU-Net's
 * set of augmentation changes them at random: shapes with probability 0.4, then components with probability 0.2.
 *
 * Where the configuration has no previous stage the sample stays as it is.
 *
 * @see reference/nnunet-v2/behaviour.md, section 7.4, step 12
 */
export function takeInPreviousStage(
  { image, labels, previousStage, channels, size }: Sample,
  random: RandomState,
  { name, previousStageLabels, networkAxes }: AugmentationSetup,
): Sample {
  if (previousStageLabels.length === 0 || !previousStage) {
    return { image, labels, channels, size };
  }
  const taken = {
    image: appendOneHot(image, previousStage, previousStageLabels),
    labels,
    size,
    channels: channels + previousStageLabels.length,
  };
  if (name !== 'default') {
    return taken;
  }
  const added = channelsOf(taken).slice(channels);
  if (random.randomSample() < 0.4) {
    changeShapes(added, size, random, networkAxes.length === 2);
  }
  if (random.randomSample() < 0.2) {
    removeRandomComponents(added, size, random);
  }
  return taken;
}
