/**
 * How much each voxel of a window counts: a Gaussian of an eighth of the window's size about its middle, at most 10.
 *
 * nnU-Net rounds the map to float16, to save memory as with its accumulators; here neither is rounded, so the
 * logits agree with nnU-Net's method computed exactly, and differ from its own by what float16 loses.
 *
 * @param windowSize per axis
 * @returns the map in C order, positive everywhere
 * @see nnU-Net: nnunetv2/inference/sliding_window_prediction.py, compute_gaussian
 */
export function gaussianImportanceMap(windowSize: readonly number[]): Float32Array {
  const profiles = windowSize.map((extent) => {
    const sigma = extent / 8;
    const middle = Math.floor(extent / 2);
    return Float64Array.from({ length: extent }, (_, i) => Math.exp(-((i - middle) ** 2) / (2 * sigma ** 2)));
  });
  return Float32Array.from(
    profiles.reduce<number[]>(
      (product, profile) => product.flatMap((value) => Array.from(profile, (weight) => value * weight)),
      [10],
    ),
  );
}
