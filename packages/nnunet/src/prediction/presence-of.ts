import type { LabelSet } from '@fractura/nnunet-format';
import { sigmoid } from '@fractura/nnunet-planner';
import { foregroundProbability } from '../cutoff/foreground-probability.js';
import { presenceProbability } from '../cutoff/presence-probability.js';
import type { PredictedCase } from './predict-case.js';

/** What a prediction says of its image as a whole; all are probabilities. */
export interface Presence {
  /** That the image shows any foreground, as {@link presenceProbability} puts the other two together. */
  presence: number;
  /** What the presence head says, the largest over its classes; absent where the model has no such head. */
  presenceHead?: number;
  /** Largest probability of foreground of a voxel. */
  largestProbability: number;
}

/**
 * The probability that an image shows any foreground, by its prediction.
 *
 * @param predicted `probabilities` `[classes, ...]`, and the logits of the presence head where the model has one.
 */
export function presenceOf(
  { probabilities, presence: logits }: Pick<PredictedCase, 'probabilities' | 'presence'>,
  labels: Pick<LabelSet, 'segmentationHeads' | 'hasRegions'>,
): Presence {
  const largestProbability = foregroundProbability(probabilities, labels).reduce((a, b) => Math.max(a, b), 0);
  if (logits === undefined) {
    return { presence: presenceProbability({ largest: largestProbability }), largestProbability };
  }
  const ofClasses = Array.from(sigmoid(logits));
  return {
    presence: presenceProbability({ presence: ofClasses, largest: largestProbability }),
    presenceHead: Math.max(...ofClasses),
    largestProbability,
  };
}
