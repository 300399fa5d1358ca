import type { Sample } from '../data/crop-patch.js';
import { cropPatch } from '../data/crop-patch.js';

/** The middle of a sample: it begins at floor(S / 2) - floor(P / 2). */
export function cropSample({ image, labels, channels, size }: Sample, finalZYX: readonly number[]): Sample {
  if (size.every((extent, axis) => extent === finalZYX[axis])) return { image, labels, channels, size };
  const start = size.map((extent, axis) => Math.floor(extent / 2) - Math.floor(finalZYX[axis] / 2));
  return cropPatch({ data: image, shape: [channels, ...size], segmentation: labels }, start, finalZYX);
}
