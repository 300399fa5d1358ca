/** What a network says of an image as a whole. */
export interface WholeImage {
  /** Of each foreground class the probability that the image has any of it; absent where the network does not tell. */
  presence?: readonly number[];
  /** Largest probability of foreground of a voxel. */
  largest: number;
}

/**
 * The probability that an image shows any foreground: the mean of what the presence head says, the largest over the classes, and
 * the largest probability of a voxel, which tells more than either; without a head the latter alone.
 */
export function presenceProbability({ presence, largest }: WholeImage): number {
  return presence === undefined || presence.length === 0 ? largest : (Math.max(...presence) + largest) / 2;
}
