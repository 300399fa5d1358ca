import type { RandomState } from '@fractura/python-compat';
import { channelsOf, type Sample } from '../data/crop-patch.js';
import { drawFactor } from './draw-factor.js';
import { contrast, gamma, gaussianNoise } from './intensity.js';
import type { Film } from './place-film.js';
import { resampleFilm, type FilmTransform } from './resample-film.js';

/** How films are changed at random. Plain data. */
export interface FilmAugmentation {
  /** Axes to mirror along, each with probability one half: 0 for y, 1 for x. */
  mirrorAxes: readonly number[];
  /** Largest rotation either way, in degrees. */
  rotation: number;
  /** Smallest and largest magnification. */
  scale: readonly [number, number];
  /** Largest shift along each axis either way, relative to the patch. */
  shift: number;
  /** Range of the exponents, and the probability that there is one. */
  gamma: readonly [low: number, high: number, probability: number];
  /** Range of the factors, and the probability that there is one. */
  contrast: readonly [low: number, high: number, probability: number];
  /** Largest standard deviation of normal noise, and the probability that there is any. */
  noise: readonly [deviation: number, probability: number];
}

/**
 * Mirrors, turns, magnifies and shifts a film in one interpolation, then changes its intensities.
 *
 * @param size of the patch, `[1, height, width]`
 */
export function augmentFilm(
  film: Film,
  size: readonly number[],
  random: RandomState,
  augmentation: FilmAugmentation,
): Sample {
  const sample = resampleFilm(film, size, drawTransform(film, size, random, augmentation));
  const channels = channelsOf(sample);
  const [lowestGamma, highestGamma, gammaProbability] = augmentation.gamma;
  const [lowestContrast, highestContrast, contrastProbability] = augmentation.contrast;
  const [deviation, noiseProbability] = augmentation.noise;
  if (random.randomSample() < contrastProbability) {
    for (const channel of channels) {
      contrast(channel, drawFactor(random, [lowestContrast, highestContrast]));
    }
  }
  if (random.randomSample() < gammaProbability) {
    const inverted = random.randomSample() < 0.5;
    for (const channel of channels) {
      gamma(channel, drawFactor(random, [lowestGamma, highestGamma]), { inverted });
    }
  }
  if (random.randomSample() < noiseProbability) {
    gaussianNoise(sample.image, random, random.uniform(0, deviation));
  }
  return sample;
}

/** A film larger than the patch is shifted over all of what lies beyond it. */
function drawTransform(
  { shape }: Film,
  size: readonly number[],
  random: RandomState,
  { mirrorAxes, rotation, scale, shift }: FilmAugmentation,
): FilmTransform {
  const angle = (random.uniform(-rotation, rotation) / 180) * Math.PI;
  // As often smaller as larger, by the same factors.
  const magnification = Math.exp(random.uniform(Math.log(scale[0]), Math.log(scale[1])));
  const [mirrorY, mirrorX] = [0, 1].map((axis) => mirrorAxes.includes(axis) && random.randomSample() < 0.5);
  const [shiftY, shiftX] = [1, 2].map((axis) => {
    const beyond = Math.max(0, shape[axis + 1] - size[axis]) / 2;
    const range = shift * size[axis] + beyond;
    return random.uniform(-range, range);
  });
  return { angle, magnification, mirrorY, mirrorX, shiftY, shiftX };
}
