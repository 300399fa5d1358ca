import type { RandomState } from '@fractura/python-compat';
import type { Sample } from '../data/crop-patch.js';
import type { AugmentationSetup } from './augmentation-setup.js';
import { augmentLightly } from './light.js';

/** Augments one sample as its set-up says; may change the sample in place. */
export function augment(sample: Sample, random: RandomState, setup: AugmentationSetup): Sample {
  return setup.name === 'light' ? augmentLightly(sample, random, setup) : sample;
}
