import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import type { LabelSet } from '@fractura/nnunet-format';

/** A reference segmentation on the device, ready for the loss. */
export interface Target {
  /** `[batch, (depth,) height, width, channels]`, 0 or 1: one-hot labels, or one channel per region. */
  hot: Tensor;
  /** `[batch, (depth,) height, width, 1]`, 1 where a voxel counts; only with an ignore label. */
  mask?: Tensor;
}

/** Label maps of a batch: labels or ignore label, `[batch, (depth,) height, width]` in C order. */
export interface LabelBatch {
  labels: Int16Array;
  shape: readonly number[];
}

/** Turns label maps into channels: one-hot in label mode, one channel per region in region mode. Caller disposes. */
export function makeTarget({ labels, shape }: LabelBatch, { channelLabels, ignoreLabel }: LabelSet): Target {
  const channels = channelLabels.length;
  const channelsOf = new Map<number, number[]>();
  channelLabels.forEach((members, channel) => {
    for (const label of members) {
      channelsOf.set(label, [...(channelsOf.get(label) ?? []), channel]);
    }
  });

  const hot = new Float32Array(labels.length * channels);
  for (let voxel = 0; voxel < labels.length; voxel += 1) {
    for (const channel of channelsOf.get(labels[voxel]) ?? []) {
      hot[voxel * channels + channel] = 1;
    }
  }
  const target: Target = { hot: tf.tensor(hot, [...shape, channels]) };
  if (ignoreLabel !== undefined) {
    target.mask = tf.tensor(
      Float32Array.from(labels, (label) => (label === ignoreLabel ? 0 : 1)),
      [...shape, 1],
    );
  }
  return target;
}

export function disposeTarget({ hot, mask }: Target): void {
  hot.dispose();
  mask?.dispose();
}
