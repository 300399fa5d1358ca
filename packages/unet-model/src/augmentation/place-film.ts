import type { PreprocessedCase } from '../data/preprocessed-case.js';
import { cropPatch, type Sample } from '../data/crop-patch.js';

/** A film as preprocessed, `[channels, 1, height, width]`. */
export type Film = Pick<PreprocessedCase, 'data' | 'shape' | 'segmentation'>;

/**
 * A film in the middle of a patch, as a prediction by windows places it: 0 around a smaller one; of a larger one the middle.
 *
 * @param size `[1, height, width]`
 */
export function placeFilm(film: Film, size: readonly number[]): Sample {
  const start = size.map((extent, axis) => -Math.floor((extent - film.shape[axis + 1]) / 2));
  return cropPatch(film, start, size);
}
