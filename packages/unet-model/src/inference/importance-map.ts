import { decodeFloat16, encodeFloat16 } from '@fractura/array-files';

/**
 * How much each voxel of a window counts: a Gaussian of an eighth of the window's size about its middle, at most 10,
 * rounded to float16 as in the reference, and nowhere 0.
 *
 * @param windowSize per axis
 * @returns the map in C order
 * @see reference/nnunet-v2/behaviour.md, section 8.3
 */
export function gaussianImportanceMap(windowSize: readonly number[]): Float32Array {
  const profiles = windowSize.map((extent) => {
    const sigma = extent / 8;
    const middle = Math.floor(extent / 2);
    return Float64Array.from({ length: extent }, (_, i) => Math.exp(-((i - middle) ** 2) / (2 * sigma ** 2)));
  });
  const outerProduct = profiles.reduce<number[]>(
    (product, profile) => product.flatMap((value) => Array.from(profile, (weight) => value * weight)),
    [10],
  );
  const map = decodeFloat16(encodeFloat16(outerProduct));
  const smallest = map.reduce((least, value) => (value > 0 && value < least ? value : least), Infinity);
  return map.map((value) => (value === 0 ? smallest : value));
}
