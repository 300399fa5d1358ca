import type { RandomState } from '@fractura/python-compat';
import type { Sample } from '../data/crop-patch.js';

/** Reverses image and label maps along spatial axes, 0 to 2 for z, y, x. */
export function mirror(sample: Sample, axes: readonly number[]): Sample {
  if (axes.length === 0) {
    return sample;
  }
  const { image, labels, previousStage, channels, size } = sample;
  const [depth, height, width] = size as [number, number, number];
  const [flipZ, flipY, flipX] = [axes.includes(0), axes.includes(1), axes.includes(2)];
  const voxels = labels.length;
  const flippedImage = new Float32Array(image.length);
  const flippedLabels = new Int16Array(voxels);
  const flippedPreviousStage = previousStage && new Int16Array(voxels);

  for (let z = 0, o = 0; z < depth; z += 1) {
    for (let y = 0; y < height; y += 1) {
      const row = ((flipZ ? depth - 1 - z : z) * height + (flipY ? height - 1 - y : y)) * width;
      for (let x = 0; x < width; x += 1, o += 1) {
        const from = row + (flipX ? width - 1 - x : x);
        flippedLabels[o] = labels[from]!;
        if (flippedPreviousStage) {
          flippedPreviousStage[o] = previousStage[from]!;
        }
        for (let c = 0; c < channels; c += 1) {
          flippedImage[c * voxels + o] = image[c * voxels + from]!;
        }
      }
    }
  }
  return {
    image: flippedImage,
    labels: flippedLabels,
    channels,
    size,
    previousStage: flippedPreviousStage,
  };
}

/** Reverses each of the axes with probability one half. */
export function mirrorAtRandom(sample: Sample, random: RandomState, axes: readonly number[]): Sample {
  return mirror(
    sample,
    axes.filter(() => random.randomSample() < 0.5),
  );
}
