import type { LabelSet } from '@fractura/nnunet-format';
import type { Batch } from '../batches/batch.js';

/** An image of an epoch's validation, what is annotated on it and what the network marks: of a volume its middle slice. */
export interface EpochExample {
  width: number;
  height: number;
  /** First channel, `[height, width]`, normalised as the network sees it. */
  image: Float32Array;
  /** 1 where any foreground is, `[height, width]`. */
  reference: Uint8Array;
  prediction: Uint8Array;
}

/**
 * The first image of a batch that has foreground, or the first one.
 *
 * @param logits `[batch, (depth,) height, width, channels]`, of the highest resolution.
 */
export function exampleOf({ image, imageShape, levels }: Batch, logits: Float32Array, set: LabelSet): EpochExample {
  const [height, width, channels] = imageShape.slice(-3);
  const [batch, depth] = [imageShape[0], imageShape.length === 5 ? imageShape[1] : 1];
  const { labels } = levels[0];
  const real = (voxel: number) =>
    set.foreground.some(({ channel }) => set.channelLabels[channel].includes(labels[voxel]));
  const pixels = height * width;
  const sliceOf = (sample: number) => (sample * depth + Math.floor(depth / 2)) * pixels;
  const slices = Array.from({ length: batch }, (_, sample) => sliceOf(sample));
  const hasForeground = (begin: number) => {
    for (let voxel = begin; voxel < begin + pixels; voxel += 1) {
      if (real(voxel)) {
        return true;
      }
    }
    return false;
  };
  const begin = slices.find(hasForeground) ?? slices[0];
  const outputs = set.channelLabels.length;
  const marked = (voxel: number) => {
    const scores = logits.subarray(voxel * outputs, (voxel + 1) * outputs);
    const best = scores.indexOf(Math.max(...scores));
    return set.foreground.some(({ channel }) => (set.hasRegions ? scores[channel] > 0 : best === channel));
  };
  return {
    width,
    height,
    image: Float32Array.from({ length: pixels }, (_, i) => image[(begin + i) * channels]),
    reference: Uint8Array.from({ length: pixels }, (_, i) => Number(real(begin + i))),
    prediction: Uint8Array.from({ length: pixels }, (_, i) => Number(marked(begin + i))),
  };
}
