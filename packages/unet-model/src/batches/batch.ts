import type { LabelBatch } from '../loss/target.js';
import type { Sample } from '../data/crop-patch.js';
import { downsampleLabels } from '../data/downsample-labels.js';

/** A batch on the host, channels last. */
export interface Batch {
  image: Float32Array;
  /** `[batch, (depth,) height, width, channels]` */
  imageShape: number[];
  /** Labels per output of the network, highest resolution first; -1 has become 0. */
  levels: LabelBatch[];
}

/**
 * Puts samples of one size together: channels last, without the first axis in 2D, labels at every resolution.
 *
 * @param scales of the network's outputs, per axis of the network
 */
export function assembleBatch(samples: readonly Sample[], scales: readonly (readonly number[])[]): Batch {
  const { channels, size } = samples[0];
  const rank = scales[0].length;
  const networkSize = size.slice(3 - rank);
  const voxels = samples[0].labels.length;

  const image = new Float32Array(samples.length * voxels * channels);
  samples.forEach((sample, n) => {
    for (let c = 0; c < channels; c += 1) {
      let to = n * voxels * channels + c;
      for (let v = c * voxels; v < (c + 1) * voxels; v += 1, to += channels) {
        image[to] = sample.image[v]!;
      }
    }
  });

  const inside = samples.map(({ labels }) => labels.map((label) => Math.max(label, 0)));
  const levels = scales.map((scale) => {
    const scaleZYX = [...Array.from({ length: 3 - rank }, () => 1), ...scale];
    const parts = inside.map((labels) => downsampleLabels(labels, size, scaleZYX));
    const labels = new Int16Array(parts.length * parts[0].labels.length);
    parts.forEach((part, n) => {
      labels.set(part.labels, n * part.labels.length);
    });
    return { labels, shape: [samples.length, ...parts[0].size.slice(3 - rank)] };
  });
  return { image, imageShape: [samples.length, ...networkSize, channels], levels };
}
