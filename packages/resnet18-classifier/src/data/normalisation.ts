import type { ImageSize, UnlabelledSample } from './classifier-sample.js';
import type { ReadImage } from './image-cache.js';

/** What is subtracted from and divided out of each channel. */
export interface Normalisation {
  mean: number[];
  /** A channel that is constant has 1. */
  standardDeviation: number[];
}

/** ImageNet's, for torchvision's pretrained weights (RGB from 0 to 1). */
export const imagenetNormalisation: Normalisation = {
  mean: [0.485, 0.456, 0.406],
  standardDeviation: [0.229, 0.224, 0.225],
};

/** Mean and population standard deviation of each channel over all pixels of all images, and their common size. */
export async function measureImages(
  samples: readonly UnlabelledSample[],
  { inputChannels, read, signal }: { inputChannels: number; read: ReadImage; signal?: AbortSignal | undefined },
): Promise<{ size: ImageSize; normalisation: Normalisation }> {
  const sums = new Float64Array(inputChannels);
  const squares = new Float64Array(inputChannels);
  let size: ImageSize | undefined;
  for (const sample of samples) {
    signal?.throwIfAborted();
    const { data, ...own } = await read(sample, size ?? { channels: inputChannels });
    size ??= { height: own.height, width: own.width, channels: own.channels };
    for (let i = 0; i < data.length; i += 1) {
      const channel = i % inputChannels;
      sums[channel] += data[i];
      squares[channel] += data[i] * data[i];
    }
  }
  const { height, width, channels } = size!;
  const count = samples.length * height * width;
  const mean = Array.from(sums, (sum) => sum / count);
  const standardDeviation = mean.map((value, c) => {
    const variance = squares[c] / count - value * value;
    return variance > 1e-12 ? Math.sqrt(variance) : 1;
  });
  return { size: { height, width, channels }, normalisation: { mean, standardDeviation } };
}

/** Writes (value - mean) / standard deviation of `[..., channels]` data into `target` from `offset` on. */
export function normaliseInto(
  target: Float32Array,
  offset: number,
  data: Float32Array,
  { mean, standardDeviation }: Normalisation,
): void {
  for (let i = 0; i < data.length; i += 1) {
    const channel = i % mean.length;
    target[offset + i] = (data[i] - mean[channel]) / standardDeviation[channel];
  }
}
