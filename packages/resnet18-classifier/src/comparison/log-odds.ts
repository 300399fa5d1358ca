/** What a single-precision probability still tells apart from 0 and 1. */
const nearest = 1e-7;

/** The logit of a probability, kept a little away from 0 and 1. */
export function logOdds(probability: number): number {
  const kept = Math.min(Math.max(probability, nearest), 1 - nearest);
  return Math.log(kept / (1 - kept));
}

/** The probability of a logit. */
export const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));
