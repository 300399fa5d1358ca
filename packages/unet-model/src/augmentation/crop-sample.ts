import { cropPatch, type Sample } from '../data/crop-patch.js';

/** The middle of a sample: it begins at floor(S / 2) - floor(P / 2). */
export function cropSample(sample: Sample, finalZYX: readonly number[]): Sample {
  const { image, labels, previousStage, channels, size } = sample;
  if (size.every((extent, axis) => extent === finalZYX[axis])) {
    return sample;
  }
  const start = size.map((extent, axis) => Math.floor(extent / 2) - Math.floor(finalZYX[axis] / 2));
  const whole = { data: image, shape: [channels, ...size], segmentation: labels };
  return cropPatch({ ...whole, previousStage }, start, finalZYX);
}
