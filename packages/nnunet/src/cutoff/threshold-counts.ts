/** The thresholds that a cut-off is chosen from. */
export const thresholds: readonly number[] = Array.from({ length: 19 }, (_, i) => Number((0.05 * (i + 1)).toFixed(2)));

/** What a prediction says of foreground as a whole, by each of {@link thresholds}. */
export interface ThresholdCounts {
  /** Voxels of the reference's foreground. */
  reference: number;
  /** Voxels above each threshold. */
  predicted: number[];
  /** Of these the ones in the reference's foreground. */
  overlap: number[];
  /** Largest probability of foreground. */
  largest: number;
}

/**
 * Counts the voxels above each threshold.
 *
 * @param foreground probability of each voxel that it is not background.
 * @param reference label of each voxel; every one above 0 counts as foreground.
 * @param ignoreLabel voxels of the reference with it count nowhere.
 */
export function countThresholds(
  foreground: Float32Array,
  reference: ArrayLike<number>,
  ignoreLabel?: number,
): ThresholdCounts {
  // By how many thresholds a voxel's probability exceeds: all voxels, and those of the reference.
  const all = new Float64Array(thresholds.length + 1);
  const inside = new Float64Array(thresholds.length + 1);
  let [total, largest] = [0, 0];
  for (let v = 0; v < foreground.length; v += 1) {
    if (reference[v] === ignoreLabel) {
      continue;
    }
    let exceeded = 0;
    while (exceeded < thresholds.length && foreground[v] > thresholds[exceeded]) {
      exceeded += 1;
    }
    all[exceeded] += 1;
    largest = Math.max(largest, foreground[v]);
    if (reference[v] > 0) {
      inside[exceeded] += 1;
      total += 1;
    }
  }
  return { reference: total, predicted: atLeast(all), overlap: atLeast(inside), largest };
}

/** Of each threshold the voxels that exceed it. */
function atLeast(byExceeded: Float64Array): number[] {
  return thresholds.map((_, t) => byExceeded.subarray(t + 1).reduce((sum, count) => sum + count, 0));
}

/** Dice of a case by the threshold of an index; NaN where it has no foreground at all. */
export function diceAt({ reference, predicted, overlap }: ThresholdCounts, t: number): number {
  return (2 * overlap[t]) / (reference + predicted[t]);
}
