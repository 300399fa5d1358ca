import type { FilmAugmentation } from '../../src/index.js';

/** Everything that films may be changed by, intensities with this probability. */
export const filmAugmentation = (probability: number): FilmAugmentation => ({
  mirrorAxes: [0, 1],
  rotation: 30,
  scale: [0.8, 1.25],
  shift: 0.1,
  gamma: [0.7, 1.5, probability],
  contrast: [0.75, 1.25, probability],
  noise: [0.1, probability],
});
