import { roundHalfToEven } from '@fractura/python-compat';

/**
 * Labels at a lower resolution: output index o takes input floor((o + 0.5) in / out), torch's nearest-exact.
 *
 * @param scales size of the output relative to the input, per axis
 * @see nnU-Net: batchgeneratorsv2/transforms/utils/deep_supervision_downsampling.py, DownsampleSegForDSTransform
 */
export function downsampleLabels(
  labels: Int16Array,
  sizeZYX: readonly number[],
  scales: readonly number[],
): { labels: Int16Array; size: number[] } {
  const size = sizeZYX.map((extent, axis) => roundHalfToEven(extent * scales[axis]));
  if (size.every((extent, axis) => extent === sizeZYX[axis])) {
    return { labels, size };
  }

  const [zi, yi, xi] = size.map((extent, axis) =>
    Array.from({ length: extent }, (_, o) => Math.floor(((o + 0.5) * sizeZYX[axis]) / extent)),
  ) as [number[], number[], number[]];
  const out = new Int16Array(zi.length * yi.length * xi.length);
  let o = 0;
  for (const z of zi) {
    for (const y of yi) {
      const row = (z * sizeZYX[1] + y) * sizeZYX[2];
      for (const x of xi) {
        out[o++] = labels[row + x]!;
      }
    }
  }
  return { labels: out, size };
}
