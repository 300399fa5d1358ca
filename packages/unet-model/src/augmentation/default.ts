import type { RandomState } from '@fractura/python-compat';
import { channelsOf, type Sample } from '../data/crop-patch.js';
import type { AugmentationSetup } from './augmentation-setup.js';
import { drawFactor } from './draw-factor.js';
import { gaussianBlur } from './gaussian-blur.js';
import { brightness, contrast, gamma, gaussianNoise } from './intensity.js';
import { lowerResolution } from './low-resolution.js';
import { mirrorAtRandom } from './mirror.js';
import { affine2d, affine3d, transformSpatially, type Affine } from './spatial.js';

/**
 * nnU-Net's augmentation of training patches, in its order, with its probabilities and ranges.
 *
 * @see nnU-Net: nnunetv2/training/nnUNetTrainer/nnUNetTrainer.py, get_training_transforms
 */
export function augmentByDefault(cut: Sample, random: RandomState, setup: AugmentationSetup): Sample {
  const sample = transformSpatially(cut, drawAffine(random, setup), setup.finalZYX, setup.spatialAxes);
  const channels = channelsOf(sample);
  const happens = (probability: number) => random.randomSample() < probability;

  if (happens(0.1)) {
    gaussianNoise(sample.image, random, random.uniform(0, 0.1));
  }
  if (happens(0.2)) {
    for (const channel of channels) {
      if (happens(0.5)) {
        const sigmas = setup.networkAxes.map(() => random.uniform(0.5, 1));
        gaussianBlur(channel, sample.size, setup.networkAxes, sigmas);
      }
    }
  }
  if (happens(0.15)) {
    for (const channel of channels) {
      brightness(channel, drawFactor(random, [0.75, 1.25]));
    }
  }
  if (happens(0.15)) {
    for (const channel of channels) {
      contrast(channel, drawFactor(random, [0.75, 1.25]));
    }
  }
  if (happens(0.25)) {
    for (const channel of channels) {
      if (happens(0.5)) {
        lowerResolution(channel, sample.size, setup.spatialAxes, random.uniform(0.5, 1));
      }
    }
  }
  for (const [probability, inverted] of [
    [0.1, true],
    [0.3, false],
  ] as const) {
    if (happens(probability)) {
      for (const channel of channels) {
        gamma(channel, drawFactor(random, [0.7, 1.5]), { inverted });
      }
    }
  }
  return mirrorAtRandom(sample, random, setup.mirrorAxes);
}

/** Rotation and scaling, each with probability 0.2; nothing where neither happens. */
function drawAffine(random: RandomState, { spatialAxes, largestAngle }: AugmentationSetup): Affine | undefined {
  const rotates = random.randomSample() < 0.2;
  const scales = random.randomSample() < 0.2;
  if (!rotates && !scales) {
    return undefined;
  }
  const angle = () => (rotates ? random.uniform(-largestAngle, largestAngle) : 0);
  const angles = [angle(), angle(), angle()];
  const scale = scales ? random.uniform(0.7, 1.4) : 1;
  return spatialAxes.length === 2 ? affine2d(angles[0], scale) : affine3d(angles, scale);
}
