import type { RandomState } from '@fractura/python-compat';
import type { Sample } from '../data/crop-patch.js';
import { drawFactor } from './draw-factor.js';
import { brightness, contrast } from './intensity.js';
import { mirror } from './mirror.js';

/** Mirroring, brightness and contrast with nnU-Net's probabilities and ranges, and nothing that moves voxels elsewhere. */
export function augmentLightly(
  sample: Sample,
  random: RandomState,
  { mirrorAxes }: { mirrorAxes: readonly number[] },
): Sample {
  const voxels = sample.labels.length;
  const channels = Array.from({ length: sample.channels }, (_, c) =>
    sample.image.subarray(c * voxels, (c + 1) * voxels),
  );
  for (const change of [brightness, contrast]) {
    if (random.randomSample() >= 0.15) continue;
    for (const channel of channels) change(channel, drawFactor(random, [0.75, 1.25]));
  }
  return mirror(
    sample,
    mirrorAxes.filter(() => random.randomSample() < 0.5),
  );
}
