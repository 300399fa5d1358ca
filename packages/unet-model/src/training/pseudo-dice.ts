import type { LabelBatch } from '../loss/target.js';
import type { LabelSet } from '@fractura/nnunet-format';

/** True positive, false positive and false negative voxels of one foreground class. */
export interface VoxelCounts {
  tp: number;
  fp: number;
  fn: number;
}

/**
 * Counts voxels of the hard prediction (argmax, or logit above 0 in region mode) per foreground class; voxels with the
 * ignore label do not count.
 *
 * @param logits `[batch, (depth,) height, width, channels]`
 */
export function countVoxels(logits: Float32Array, { labels }: LabelBatch, set: LabelSet): VoxelCounts[] {
  const channels = set.channelLabels.length;
  const counts = set.foreground.map(() => ({ tp: 0, fp: 0, fn: 0 }));
  for (let voxel = 0; voxel < labels.length; voxel += 1) {
    const label = labels[voxel];
    if (label === set.ignoreLabel) {
      continue;
    }
    const from = voxel * channels;
    let best = 0;
    for (let c = 1; c < channels; c += 1) {
      if (logits[from + c] > logits[from + best]) {
        best = c;
      }
    }
    set.foreground.forEach(({ channel }, i) => {
      const predicted = set.hasRegions ? logits[from + channel] > 0 : best === channel;
      const real = set.channelLabels[channel].includes(label);
      if (predicted && real) {
        counts[i].tp += 1;
      } else if (predicted) {
        counts[i].fp += 1;
      } else if (real) {
        counts[i].fn += 1;
      }
    });
  }
  return counts;
}

/** Dice per class; NaN for a class that is neither predicted nor present. */
export function pseudoDice(counts: readonly VoxelCounts[]): number[] {
  return counts.map(({ tp, fp, fn }) => (2 * tp) / (2 * tp + fp + fn));
}

/** The mean over the classes that have a Dice; NaN without any. */
export function meanOfPresent(dice: readonly number[]): number {
  const present = dice.filter((value) => !Number.isNaN(value));
  return present.reduce((sum, value) => sum + value, 0) / present.length;
}

/**
 * nnU-Net's moving average of the mean pseudo Dice: 0.9 old + 0.1 new.
 * Differs from nnU-Net: an epoch without any class leaves it as it is, where that of nnU-Net stays NaN.
 */
export function movingAverage(previous: number | undefined, mean: number): number {
  if (previous === undefined || Number.isNaN(previous)) {
    return mean;
  }
  return Number.isNaN(mean) ? previous : 0.9 * previous + 0.1 * mean;
}

export function addCounts(a: readonly VoxelCounts[], b: readonly VoxelCounts[]): VoxelCounts[] {
  return a.map(({ tp, fp, fn }, i) => ({ tp: tp + b[i].tp, fp: fp + b[i].fp, fn: fn + b[i].fn }));
}
