/** What a network says of an image as a whole. */
export interface WholeImage {
  /** Of each foreground class the probability that the image has any of it; absent where the network does not tell. */
  presence?: readonly number[];
  /** Largest probability of foreground of a voxel. */
  largest: number;
}

/**
 * The probability that an image shows any foreground, which tells more than either of its two sources: the mean of the log odds of
 * what the presence head says, the largest over the classes, and of the largest probability of a voxel. Without a head the latter
 * alone.
 */
export function presenceProbability({ presence, largest }: WholeImage): number {
  if (presence === undefined || presence.length === 0) {
    return largest;
  }
  return 1 / (1 + Math.exp(-(logOdds(Math.max(...presence)) + logOdds(largest)) / 2));
}

/** What a single-precision probability still tells apart from 0 and 1. */
const nearest = 1e-7;

function logOdds(probability: number): number {
  const p = Math.min(Math.max(probability, nearest), 1 - nearest);
  return Math.log(p / (1 - p));
}
