import type { SegmentationNetwork } from '../network/segmentation-network.js';

/** What networks say of an image, or of a batch of windows. */
export interface PredictedLogits {
  /** Of an image `[classes, z, y, x]` in C order, float32; of a batch `[batch, (depth,) height, width, classes]`. */
  logits: Float32Array;
  /**
   * Of each foreground class the logit that the image has any of it, the largest over the windows, and of a batch `[batch, classes]`;
   * undefined where a network has no head for it.
   */
  presence?: Float32Array;
}

/** A network that another runtime than TensorFlow.js computes. */
export interface ForeignNetwork extends Pick<SegmentationNetwork, 'spatialRank' | 'inputChannels' | 'outputChannels'> {
  /**
   * What the network says of a batch.
   *
   * @param input `[batch, (depth,) height, width, channels]` in C order.
   */
  predict: (input: Float32Array, shape: readonly number[]) => Promise<PredictedLogits>;
}

/** Mean over networks of what they say of a batch, in float32; presence where all of them tell it. */
export async function averagePredictions(
  networks: readonly ForeignNetwork[],
  input: Float32Array,
  shape: readonly number[],
): Promise<PredictedLogits> {
  const predictions: PredictedLogits[] = [];
  for (const network of networks) {
    predictions.push(await network.predict(input, shape));
  }
  const presences = predictions.flatMap(({ presence }) => presence ?? []);
  const logits = meanOf(predictions.map((prediction) => prediction.logits));
  return presences.length === networks.length ? { logits, presence: meanOf(presences) } : { logits };
}

function meanOf(arrays: readonly Float32Array[]): Float32Array {
  const [first, ...others] = arrays;
  const mean = Float32Array.from(first);
  for (const other of others) {
    for (let i = 0; i < mean.length; i += 1) {
      mean[i] += other[i];
    }
  }
  for (let i = 0; i < mean.length; i += 1) {
    mean[i] /= arrays.length;
  }
  return mean;
}
