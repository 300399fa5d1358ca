import { cropToPlacement } from '@fractura/radiograph';
import type { PredictedRadiograph } from './predict-film.js';
import { resizePlanes } from './resize-planes.js';

/**
 * The probabilities of a radiograph on its own pixels: what letterboxing added is cut off, then they are resized linearly, as
 * nnU-Net resamples logits.
 *
 * @returns `[classes, sourceHeight, sourceWidth]`
 */
export function radiographProbabilities({
  probabilities,
  shape: [, height, width],
  place,
  sourceWidth,
  sourceHeight,
}: Pick<PredictedRadiograph, 'probabilities' | 'shape' | 'place' | 'sourceWidth' | 'sourceHeight'>): Float32Array {
  const own = cropToPlacement(probabilities, { width, height }, place);
  return resizePlanes(own, [place.height, place.width], [sourceHeight, sourceWidth]);
}
