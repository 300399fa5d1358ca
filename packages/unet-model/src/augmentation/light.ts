import type { RandomState } from '@fractura/python-compat';
import { channelsOf, type Sample } from '../data/crop-patch.js';
import type { AugmentationSetup } from './augmentation-setup.js';
import { drawFactor } from './draw-factor.js';
import { brightness, contrast } from './intensity.js';
import { mirrorAtRandom } from './mirror.js';

/** Mirroring, brightness and contrast with nnU-Net's probabilities and ranges, and nothing that moves voxels elsewhere. */
export function augmentLightly(sample: Sample, random: RandomState, { mirrorAxes }: AugmentationSetup): Sample {
  const channels = channelsOf(sample);
  for (const change of [brightness, contrast]) {
    if (random.randomSample() >= 0.15) {
      continue;
    }
    for (const channel of channels) {
      change(channel, drawFactor(random, [0.75, 1.25]));
    }
  }
  return mirrorAtRandom(sample, random, mirrorAxes);
}
