import type { RandomState } from '@fractura/python-compat';
import { channelsOf, type Sample } from '../data/crop-patch.js';
import type { AugmentationName, AugmentationSetup } from './augmentation-setup.js';
import { addPreviousStageChannels } from './previous-stage-channels.js';
import { augmentByDefault } from './default.js';
import { augmentLightly } from './light.js';

const methods: Record<AugmentationName, (sample: Sample, random: RandomState, setup: AugmentationSetup) => Sample> = {
  none: (sample) => sample,
  light: augmentLightly,
  default: augmentByDefault,
};

/** Augments one sample as its set-up says; may change the sample in place. */
export function augment(sample: Sample, random: RandomState, setup: AugmentationSetup): Sample {
  const augmented = methods[setup.name](sample, random, setup);
  if (setup.name !== 'none') {
    clearOutside(augmented, setup.maskedChannels);
  }
  return addPreviousStageChannels(augmented, random, setup);
}

/** Sets channels to 0 where the label says that a voxel lies outside the non-zero region. */
function clearOutside(sample: Sample, maskedChannels: readonly number[]): void {
  const channels = channelsOf(sample);
  for (const masked of maskedChannels) {
    for (let v = 0; v < sample.labels.length; v += 1) {
      if (sample.labels[v] < 0) {
        channels[masked][v] = 0;
      }
    }
  }
}
