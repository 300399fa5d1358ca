import { elementCount } from '@fractura/array-files';
import type { PreprocessedCase } from './preprocessed-case.js';

/** One patch in C order: image `[channels, z, y, x]`, labels `[z, y, x]`. */
export interface Sample {
  image: Float32Array;
  labels: Int16Array;
  /** Labels of a cascade's previous stage, `[z, y, x]`. */
  previousStage?: Int16Array;
  channels: number;
  /** `[z, y, x]` */
  size: readonly number[];
}

/** Cuts a patch out of a case; beyond its borders the image is 0 and labels are -1. Always a copy. */
export function cropPatch(
  {
    data,
    shape,
    segmentation,
    previousStage: wholePreviousStage,
  }: Pick<PreprocessedCase, 'data' | 'shape' | 'segmentation' | 'previousStage'>,
  start: readonly number[],
  size: readonly number[],
): Sample {
  const channels = shape[0];
  const voxels = elementCount(size);
  const image = new Float32Array(channels * voxels);
  const labels = new Int16Array(voxels).fill(-1);
  const previousStage = wholePreviousStage && new Int16Array(voxels).fill(-1);

  const [depth, height, width] = shape.slice(1) as [number, number, number];
  const [zs, ys, xs] = start as [number, number, number];
  const [zn, yn, xn] = size as [number, number, number];
  const x0 = Math.max(xs, 0);
  const x1 = Math.min(xs + xn, width);
  for (let z = Math.max(zs, 0); z < Math.min(zs + zn, depth) && x1 > x0; z += 1) {
    for (let y = Math.max(ys, 0); y < Math.min(ys + yn, height); y += 1) {
      const from = (z * height + y) * width;
      const to = ((z - zs) * yn + (y - ys)) * xn - xs;
      labels.set(segmentation.subarray(from + x0, from + x1), to + x0);
      previousStage?.set(wholePreviousStage!.subarray(from + x0, from + x1), to + x0);
      for (let c = 0; c < channels; c += 1) {
        const plane = c * depth * height * width + from;
        image.set(data.subarray(plane + x0, plane + x1), c * voxels + to + x0);
      }
    }
  }
  return { image, labels, previousStage, channels, size };
}

/** The channels of a sample, each `[z, y, x]`; they share its memory. */
export function channelsOf({ image, labels, channels }: Sample): Float32Array[] {
  return Array.from({ length: channels }, (_, c) => image.subarray(c * labels.length, (c + 1) * labels.length));
}
